import { describeConformance } from './conformance/describe-conformance.ts';
import { connectTo } from './conformance/emulator.ts';

describeConformance('moto', await connectTo('moto'));
