// The order of test files: whole journeys first, since the longest of them decides when a run ends; the rest as jest
// knows best.
import sequencer from '@jest/test-sequencer';

const Sequencer = sequencer.default ?? sequencer;

export default class JourneysFirst extends Sequencer {
  sort(tests) {
    const isJourney = ({ path }) => /[\\/]test[\\/]e2e[\\/]/.test(path);
    const sorted = super.sort(tests);
    return [...sorted.filter(isJourney), ...sorted.filter((test) => !isJourney(test))];
  }
}
