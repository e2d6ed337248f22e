import { init, killThreads } from 'z3-solver';

/** Answers of z3 to SMT-LIB text. Its worker threads keep the process alive until it is closed. */
export interface Solver {
  /** One line for each command that answers, in order. */
  ask(text: string): readonly string[];
  close(): Promise<void>;
}

export async function createSolver(): Promise<Solver> {
  const { em, Z3 } = await init();
  const context = Z3.mk_context(Z3.mk_config());
  return {
    ask(text) {
      // The asynchronous form of this call frees the text before the thread has read it, which garbles long texts.
      const answer: string = em.ccall(
        'Z3_eval_smtlib2_string',
        'string',
        ['number', 'string'],
        [context, `(reset)\n(set-logic QF_BV)\n${text}`],
      );
      if (answer.includes('(error')) throw new Error(`z3 cannot read a formula: ${answer}`);
      return answer.split('\n').filter((line) => line !== '');
    },
    close: () => killThreads(em),
  };
}
