import { describeConformance } from './conformance/describe-conformance.ts';
import { connectTo } from './conformance/emulator.ts';

describeConformance('ministack', await connectTo('ministack'));
