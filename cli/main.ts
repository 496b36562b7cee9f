// The `ideamine` command: parses the line, runs one command, turns what was thrown into an exit code.

import { Command, CommanderError } from 'commander';
import { registerAnswers } from './commands/answer.ts';
import { registerAsk } from './commands/ask.ts';
import { registerCancel } from './commands/cancel.ts';
import { registerDeploy } from './commands/deploy.ts';
import { registerDestroy } from './commands/destroy.ts';
import { registerDiff } from './commands/diff.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerGate } from './commands/gate.ts';
import { registerLedger } from './commands/ledger.ts';
import { registerLocal } from './commands/local.ts';
import { registerPlan } from './commands/plan.ts';
import { registerPush } from './commands/push.ts';
import { registerQuarantine } from './commands/quarantine.ts';
import { registerRehearse } from './commands/rehearse.ts';
import { registerResume } from './commands/resume.ts';
import { registerRun } from './commands/run.ts';
import { registerStatus } from './commands/status.ts';
import { registerStop } from './commands/stop.ts';
import { registerValidate } from './commands/validate.ts';
import { registerVerify } from './commands/verify.ts';
import { registerWhy } from './commands/why.ts';
import { exitCodeOf, explain } from './exit.ts';

// The launcher holds the other end: when it is killed, nobody is left to see this run, so it ends as hard as its parent did.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();

const program = new Command('ideamine')
  .description('Carries an idea through thirteen phases to a release dossier, on AWS or on this machine.')
  .option('--debug', 'show stack traces and the functions’ logs')
  .option('--home <dir>', 'where runs are kept on this machine', '.ideamine')
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

for (const register of [
  registerRun,
  registerRehearse,
  registerResume,
  registerStatus,
  registerStop,
  registerCancel,
  registerDeploy,
  registerPush,
  registerDoctor,
  registerDestroy,
  registerPlan,
  registerValidate,
  registerAsk,
  registerDiff,
  registerLedger,
  registerVerify,
  registerWhy,
  registerQuarantine,
  registerGate,
  registerAnswers,
  registerLocal,
]) {
  register(program);
}
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Commander has printed its own text; help and version are no errors.
    process.exitCode = thrown.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`ideamine: ${explain(thrown, program.opts().debug === true)}\n`);
    process.exitCode = exitCodeOf(thrown);
  }
}
