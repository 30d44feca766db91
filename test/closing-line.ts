import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/**
 * Ends a run with `N passed, N failed, N skipped` on a line of its own, and names every skipped test
 * with what its title says is missing, and every failed one, with how it failed, and the slowest files.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const skipped = new Set<string>();
    const failed: string[] = [];
    const took: { readonly seconds: number; readonly file: string }[] = [];
    for (const module of modules) {
      const seconds = Math.round(module.diagnostic().duration / 1000);
      if (seconds >= SLOW) took.push({ seconds, file: module.relativeModuleId });
      // A file that does not load has no tests that could fail.
      if (module.errors().length > 0) {
        count.failed += 1;
        failed.push(`${module.relativeModuleId}${why(module.errors())}`);
      }
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') count.passed += 1;
        else if (state === 'failed') {
          count.failed += 1;
          failed.push(`${module.relativeModuleId} > ${test.fullName}${why(errors)}`);
        } else {
          count.skipped += 1;
          // The outermost suite says what is missing.
          let named: TestCase | TestSuite = test;
          while (named.parent.type === 'suite') named = named.parent;
          skipped.add(named.name);
        }
      }
    }
    count.failed += errors.length;
    took.sort((one, other) => other.seconds - one.seconds);
    for (const { seconds, file } of took) console.log(`took: ${seconds} s ${file}`);
    for (const name of skipped) console.log(`skipped: ${name}`);
    for (const name of failed) console.log(`failed: ${name}`);
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}

/** Files that take so long are named: seconds. */
const SLOW = 20;

/** Where a log is cut, its end still says what went wrong. */
const LONGEST = 600;

function why(errors: readonly { readonly message: string }[] = []): string {
  const message = errors[0]?.message.replace(/\s+/g, ' ') ?? '';
  return message === '' ? '' : `: ${message.slice(0, LONGEST)}`;
}
