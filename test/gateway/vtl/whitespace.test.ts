import { describe, expect, it } from '@jest/globals';
import { render, renderAll } from './render.ts';

describe('whitespace', () => {
  it('goes with a directive up to the end of its line, and stays before it', () => {
    expect(render('  #if(true)  \n  a  \n  #end  \n  b')).toBe('    a  \n    b');
    expect(render('#if(true)a#else  \nb#end\nc')).toBe('ac');
    expect(render('#foreach($x in [1..2])\n $x\n#end\n!')).toBe(' 1\n 2\n!');
    expect(render('#foreach($x in [1..2])\r\n$x,\r\n#end\r\n!')).toBe('1,\r\n2,\r\n!');
  });

  it('goes before #set when a directive or a reference is there, and stays after text', () => {
    expect(
      renderAll([
        '{\n  #set($x = 1)\n$x}',
        '#set($a = 1)\n  #set($b = 2)\n[$a$b]',
        '$context.stage  #set($x = 1) b',
        'x #set($a = 1) y',
      ]),
    ).toEqual([
      ['{\n  #set($x = 1)\n$x}', '{\n  1}'],
      ['#set($a = 1)\n  #set($b = 2)\n[$a$b]', '[12]'],
      ['$context.stage  #set($x = 1) b', 'dev b'],
      ['x #set($a = 1) y', 'x  y'],
    ]);
  });

  it('stays around references, and goes with a comment to the end of its line', () => {
    expect(render(' $context.stage \n## note\n$context.stage ## more\nx')).toBe(' dev \ndev x');
  });

  it('may stand anywhere in an expression, line ends too', () => {
    expect(render('#set(\n  $x =\n  [ 1 , "a" ]\n)#if( $x.size() == 2\n && true )$x#end')).toBe('[1, a]');
  });
});
