import { describe, expect, it } from '@jest/globals';
import { render, renderAll } from './render.ts';

describe('#set', () => {
  it('assigns variables, map entries and list elements', () => {
    expect(
      render(
        '#set($m = {})#set($m.a = 1)#set($m["b c"] = 2)#set($m.x-y = 3)$m #set($l = [1,2])#set($l[0] = 9)#set($l[-1] = 8)$l',
      ),
    ).toBe('{a=1, b c=2, x-y=3}[9, 8]');
  });

  it('does nothing below a value that is not there', () => {
    expect(render('#set($nope.a.b = 1)[$nope]#set($m = {})#set($m.a.b = 1)$m')).toBe('[]{}');
  });

  it('keeps the variable when a division by zero gives no value', () => {
    expect(render('#set($x = 1)#set($x = 5 / 0)$x')).toBe('1');
  });

  it('is text without its parenthesis, and takes no formal reference as Velocity 1.7', () => {
    expect(renderAll(['#set $x', '#setx', `#set(\${x} = 1)[$x]`])).toEqual([
      ['#set $x', '#set '],
      ['#setx', '#setx'],
      [`#set(\${x} = 1)[$x]`, '[]'],
    ]);
  });
});

describe('#if', () => {
  it('takes the first true branch, in braces or not', () => {
    expect(
      render(
        '#if(false)a#elseif(true)b#elseif(true)c#{else}d#end #{if}(false)a#{else}d#{end} #if (false)a#elseif (false)b#else c#end',
      ),
    ).toBe('b d  c');
  });

  it('takes any reference that is no Boolean for true, and a bare text, number or list for false', () => {
    const of = (condition: string): string =>
      `#set($zero = 0)#set($empty = "")#set($no = false)#if(${condition})T#{else}F#end`;
    expect(
      ['$zero', '$empty', '$no', '!$no', '"x"', '1', '[1]', '1 + 1', 'true'].map((condition) => render(of(condition))),
    ).toEqual(['T', 'T', 'F', 'T', 'F', 'F', 'F', 'F', 'T']);
  });

  it('does not evaluate what && and || no longer need', () => {
    expect(render('#set($l = [])#if(false && $l.get(5))a#{else}b#end#if(true || $l.get(5))c#end')).toBe('bc');
  });
});

describe('#foreach', () => {
  it('goes through lists, ranges, arrays, map values, keys and entries', () => {
    const body = '{"l":[1,"a",null,{"k":true}],"o":{"b":1,"a":2}}';
    const templates = [
      "#foreach($x in $input.path('$.l'))<$x>#end",
      '#foreach($x in [3..1])<$x>#end',
      '#foreach($x in "a,b".split(","))<$x>#end',
      '#set($a = "a,b")#foreach($x in $a.split(","))<$x>#end',
      "#foreach($x in $input.path('$.o'))<$x>#end",
      "#foreach($x in $input.path('$.o').keySet())<$x>#end",
      "#foreach($x in $input.path('$.o').entrySet())<$x.key:$x.value:$x.getKey()>#end",
      '#foreach($x in $nope)<$x>#end|#foreach($x in "text")<$x>#end|#foreach($x in 5)<$x>#end',
    ];
    expect(
      templates.filter((template) => !template.includes('"a,b".split')).map((template) => render(template, body)),
    ).toEqual(['<1><a><><{k=true}>', '<3><2><1>', '<a><b>', '<1><2>', '<b><a>', '<b:1:b><a:2:a>', '||']);
  });

  it('counts, and knows its neighbours and its outer loop', () => {
    expect(
      render(
        '#foreach($a in ["x","y"])#foreach($b in [1..2])$foreach.parent.count.$foreach.count:$foreach.index:$foreach.hasNext:$foreach.first:$foreach.last:$velocityCount #end#end',
      ),
    ).toBe('1.1:0:true:true:false:1 1.2:1:false:false:true:2 2.1:0:true:true:false:1 2.2:1:false:false:true:2 ');
  });

  it('gives its variables back what they were', () => {
    expect(render('#set($x = "before")#set($foreach = "mine")#foreach($x in [1])$x#end$x$foreach$velocityCount')).toBe(
      '1beforemine',
    );
  });

  it('ends after 1,000 iterations', () => {
    expect(
      render('#foreach($i in [1..1500])#if($i == 1000)$foreach.count $foreach.hasNext#end#if($i > 1000)x#end#end'),
    ).toBe('1000 true');
  });

  it('ends at #break, and an outer loop at #break of its scope', () => {
    expect(render('#foreach($i in [1..5])#if($i == 3)#break#end$i#end!')).toBe('12!');
    expect(
      render('#foreach($i in [1..3])#foreach($j in [1..3])$i$j #if($j == 2)#break($foreach.parent)#end#end#end!'),
    ).toBe('11 12 !');
  });
});

describe('#define, #macro and the rest', () => {
  it('renders a defined block anew at each use, with the variables of then', () => {
    expect(render('#define($b)<$v>#end#set($v = 1)$b#set($v = 2)$b "$b"')).toBe('<1><2> "<2>"');
  });

  it('calls macros with arguments by name, before or after their definition', () => {
    expect(render('#m("a" 1)#macro(m $p $q)[$p|$q]#end#m([1,2], $context.stage)#m("x")')).toBe('[a|1][[1, 2]|dev][x|]');
    expect(render('#set($v = "a")#macro(m $p)#set($v = "b")$p#end#m($v)')).toBe('b');
    expect(render('#macro(box)<$bodyContent>#end#@box()in $context.stage#end')).toBe('<in dev>');
  });

  it('leaves calls of macros that nobody defined as text', () => {
    expect(render('#nope #nope($x) #{nope} #@nope #fff 1# 2')).toBe('#nope #nope($x) #{nope} #@nope #fff 1# 2');
  });

  it('renders nothing after #stop, and evaluates a text with #evaluate', () => {
    expect(render('a#stop b')).toBe('a');
    expect(render('#set($t = "$" + "context.stage")#evaluate($t) #evaluate("#set($z = 3)")$z')).toBe('dev 3');
  });

  it('keeps literal blocks and drops comments', () => {
    expect(render('#[[ $context.stage #if ]]# a#* b *#c ## d\ne#**doc*#f')).toBe(' $context.stage #if  ac ef');
    expect(render('#literal()$context.stage #if(1)a#end#end')).toBe('$context.stage #if(1)a#end');
  });

  it('prints escaped directives', () => {
    expect(render('\\#if(true) \\#foreach \\\\#if(true)x#end \\#nope \\#set($a)')).toBe(
      '#if(true) #foreach \\x \\#nope #set()',
    );
  });
});
