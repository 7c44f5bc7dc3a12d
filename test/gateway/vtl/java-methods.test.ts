import { describe, expect, it } from '@jest/globals';
import { TemplateError } from '../../../src/gateway/vtl/render-template.ts';
import { render } from './render.ts';

/** Each call on a fresh copy of the value. */
const calls = (value: string, expressions: readonly string[]): string[] =>
  expressions.map((expression) => render(`#set($v = ${value})$v.${expression}`));

describe('strings', () => {
  it('answer the methods of java.lang.String', () => {
    expect(
      calls('"hello world"', [
        'length()',
        'substring(6)',
        'substring(0, 5)',
        'charAt(4)',
        'indexOf("o")',
        'indexOf("o", 5)',
        'lastIndexOf("o")',
        'indexOf("z")',
        'contains("lo w")',
        'startsWith("he")',
        'endsWith("ld")',
        'toUpperCase()',
        'replace("l", "L")',
        'concat("!")',
        'equals("hello world")',
        'equalsIgnoreCase("HELLO world")',
        'compareTo("help")',
        'isEmpty()',
        'empty',
        'hashCode()',
        'toString()',
      ]),
    ).toEqual([
      '11',
      'world',
      'hello',
      'o',
      '4',
      '7',
      '7',
      '-1',
      'true',
      'true',
      'true',
      'HELLO WORLD',
      'heLLo worLd',
      'hello world!',
      'true',
      'true',
      '-4',
      'false',
      'false',
      '1794106052',
      'hello world',
    ]);
  });

  it('split as Java splits: trailing empty parts go, unless a limit keeps them', () => {
    expect(
      calls('"a,b,,c,,"', ['split(",").size()', 'split(",", -1).size()', 'split(",", 2).get(1)', 'split(",")[3]']),
    ).toEqual(['4', '6', 'b,,c,,', 'c']);
    expect(calls('"x=1"', ['split("=")[0]', 'split("=")[1]', 'split("").size()', 'split("\\|")[0]'])).toEqual([
      'x',
      '1',
      '3',
      'x=1',
    ]);
  });

  it('match and replace by Java regular expressions', () => {
    expect(
      calls('"a1b22"', [
        'replaceAll("[0-9]+", "#$0")',
        'replaceAll("([a-z])([0-9])", "$2$1")',
        'replaceFirst("\\d", "X")',
        'matches("[a-z\\d]+")',
        'matches("a")',
        'replaceAll("[a-z&&[^b]]", "_")',
        'replaceAll("\\Qa1\\E", "q")',
        'replaceAll("(?i)B", "z")',
        'replaceAll("\\p{Alpha}", ".")',
        `replaceAll("(?<d>\\d+)", '<\${d}>')`,
      ]),
    ).toEqual(['a#1b#22', '1a2b2', 'aXb22', 'true', 'false', '_1b22', 'qb22', 'a1z22', '.1.22', 'a<1>b<22>']);
  });

  it('are formatted by String.format', () => {
    expect(
      calls('""', [
        'format("%05d|%-4s|%.2f|%x|%,d|%%|%b", 42, "ab", 1.005, 255, 1234567, true)',
        `format('%2$s %1$s', "a", "b")`,
      ]),
    ).toEqual(['00042|ab  |1.00|ff|1,234,567|%|true', 'b a']);
  });

  it('have no method that Java lacks for the arguments: the reference is empty', () => {
    expect(calls('"abc"', ['substring("1")', 'slice(1)', 'length', 'padStart(5)', 'indexOf()'])).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
  });

  it('fail where Java throws, with the place', () => {
    expect(() => render('ok\n  $context.stage.substring(9)')).toThrow(/line 2, column 17: StringIndexOutOfBounds/);
    expect(() => render('$context.stage.replaceAll("(", "")')).toThrow(TemplateError);
  });
});

describe('maps and lists', () => {
  it('answer the methods of java.util.Map', () => {
    expect(
      calls('{"b": 1, "a": 2}', [
        'get("a")',
        'size()',
        'isEmpty()',
        'containsKey("b")',
        'containsValue(2)',
        'keySet()',
        'values()',
        'entrySet()',
        'remove("b")',
        'put("c", 3)',
        'put("a", 3)',
        'getOrDefault("z", "d")',
        'toString()',
        'equals({"a": 2, "b": 1})',
        'keySet().contains("a")',
        'entrySet().size()',
        'putAll({"q": 1})',
      ]),
    ).toEqual([
      '2',
      '2',
      'false',
      'true',
      'true',
      '[b, a]',
      '[1, 2]',
      '[b=1, a=2]',
      '1',
      '',
      '2',
      'd',
      '{b=1, a=2}',
      'true',
      'true',
      '2',
      '',
    ]);
  });

  it('answer the methods of java.util.List', () => {
    expect(
      calls('["a", 5, "a"]', [
        'get(1)',
        'size()',
        'isEmpty()',
        'empty',
        'contains(5)',
        'contains("5")',
        'indexOf("a")',
        'lastIndexOf("a")',
        'subList(1, 3)',
        'add(1)',
        'add(0, "z")',
        'remove("a")',
        'remove(1)',
        'set(0, "q")',
        'addAll([1, 2])',
        'containsAll(["a"])',
        'iterator().next()',
        'toString()',
        'clear()',
      ]),
    ).toEqual([
      '5',
      '3',
      'false',
      'false',
      'true',
      'false',
      '0',
      '2',
      '[5, a]',
      'true',
      '',
      'true',
      '5',
      'a',
      'true',
      'true',
      'a',
      '[a, 5, a]',
      '',
    ]);
  });

  it('change in place, and so do the views of a map', () => {
    expect(render('#set($l = [1])$l.add(2) $l.remove(0) $l#set($m = {"a": 1, "b": 2})$m.keySet().remove("a") $m')).toBe(
      'true 1 [2]true {b=2}',
    );
    expect(render('#set($m = {"a": 1})#foreach($e in $m.entrySet())#set($e.value = 9)#end$m')).toBe('{a=9}');
  });

  it('tell a number from its text as a key', () => {
    expect(render('#set($m = {1: "number", "1": "text"})$m.get(1) $m.get("1") $m.size()')).toBe('number text 2');
  });

  it('fail on an index that is not there', () => {
    expect(() => render('#set($l = [1])$l[3]')).toThrow(/IndexOutOfBounds/);
  });
});

describe('numbers and booleans', () => {
  it('parse, convert and compare through any value of their type', () => {
    expect(
      calls('0', [
        'parseInt("42")',
        'valueOf("7")',
        'parseInt("ff", 16)',
        'toHexString(255)',
        'max(3, 4)',
        'equals(0)',
        'compareTo(1)',
        'toString()',
        'doubleValue()',
      ]),
    ).toEqual(['42', '7', '255', 'ff', '4', 'true', '-1', '0', '0.0']);
    expect(calls('1.9', ['intValue()', 'parseDouble("5")', 'isNaN()', 'toString()'])).toEqual([
      '1',
      '5.0',
      'false',
      '1.9',
    ]);
    expect(calls('true', ['toString()', 'equals(true)', 'booleanValue()'])).toEqual(['true', 'true', 'true']);
    expect(() => render('#set($i = 0)$i.parseInt("x")')).toThrow(/NumberFormatException/);
  });
});
