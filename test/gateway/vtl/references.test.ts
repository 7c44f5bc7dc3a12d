import { describe, expect, it } from '@jest/globals';
import { render, renderAll } from './render.ts';

describe('references', () => {
  it('reach maps by property, index and get, and lists by index from either end', () => {
    const body = '{"o":{"a b":1,"x-y":2,"n":{"m":3}},"l":["p","q","r"]}';
    expect(
      render(`#set($r = $input.path('$'))$r.o['a b'] $r.o.x-y $r.o.get("x-y") $r.o.n.m $r.l[0] $r.l[-1]`, body),
    ).toBe('1 2 2 3 p r');
  });

  it('end where an identifier ends, and by braces elsewhere', () => {
    expect(
      renderAll([
        '$context.stage.',
        '$context.stage. x',
        `\${context.stage}y`,
        '$!{context.stage}y',
        '($context.stage)',
        '"$context.stage"',
        '$context.stage $x',
      ]),
    ).toEqual([
      ['$context.stage.', 'dev.'],
      ['$context.stage. x', 'dev. x'],
      [`\${context.stage}y`, 'devy'],
      ['$!{context.stage}y', 'devy'],
      ['($context.stage)', '(dev)'],
      ['"$context.stage"', '"dev"'],
      ['$context.stage $x', 'dev '],
    ]);
  });

  it('swallow what Velocity 1.7 takes for a part of them', () => {
    expect(render(`#set($l = ["p"])$l[0]name.ext $l[0]name $input.params("id")file.json \${l.get(0)}name.ext`)).toBe(
      'pname pname 7file pname.ext',
    );
    expect(render('$context.stage## no comment\n$context.stage ## comment\n$!#if(true)x#end US$#set($x = 1)!')).toBe(
      'dev## no comment\ndev x US!',
    );
    expect(() => render('$input.params("id")true')).toThrow(/braces/);
  });

  it('leave dollars alone that start none', () => {
    expect(render(`$5 \${ $ x $[0] $$context.stage \${5} $-1 US$ 3`)).toBe(`$5 \${ $ x $[0] $dev \${5} $-1 US$ 3`);
  });

  it('are escaped by an odd number of backslashes, and every two print one', () => {
    expect(render('\\$context.stage \\\\$context.stage \\\\\\$context.stage a\\b \\\\')).toBe(
      '$context.stage \\dev \\$context.stage a\\b \\\\',
    );
  });

  it('that resolve to nothing render as nothing, quiet or not, at any step', () => {
    expect(render(`[$nope][$!nope][\${nope}][$nope.a.b][$context.nope][$input.nope()][$nope.call(1)[2]]`)).toBe(
      '[][][][][][][]',
    );
  });

  it('that resolve to nothing equal the empty string and $null, and count as true in a condition', () => {
    const template =
      '#if($nope == "")a#end#if($nope == $null)b#end#if($nope)c#end#if(!$nope)d#end#if($nope != "")e#end';
    expect(render(template)).toBe('abc');
  });

  it('reach no inside of a value: prototypes and constructors are absent, a class has a name alone', () => {
    for (const target of ['$context', '$input', '$util', '$list', '$text', '$input.params()', '$foreach']) {
      for (const name of ['constructor', '__proto__', 'prototype', 'hasOwnProperty', 'toLocaleString']) {
        const setup = '#set($list = [1])#set($text = "t")';
        expect(render(`${setup}[${target}["${name}"]][${target}.${name}][${target}.${name}()]`)).toBe(
          name.startsWith('_')
            ? `[][${render(setup + target)}.${name}][${render(setup + target)}.${name}()]`
            : '[][][]',
        );
      }
    }
  });

  it('lead from a value to the name of its class, and no further', () => {
    expect(render('$context.class.name $util.class|$context.class.forName("x")|$context.class.classLoader')).toBe(
      'java.util.LinkedHashMap ||',
    );
    expect(render('$input.path("$").class', '{"class":"economy"}')).toBe('economy');
  });

  it('keep a name of JavaScript that a document really has', () => {
    expect(
      render('$input.path("$").get("__proto__") $input.path("$").constructor', '{"__proto__":1,"constructor":2}'),
    ).toBe('1 2');
  });
});
