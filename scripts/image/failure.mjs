/** A mistake or a lack that the user can mend: printed as it is, without a stack. */
export class Failure extends Error {
  name = 'Failure';

  /**
   * @param {string} message what is wrong, and where
   * @param {string} remedy what to do about it
   */
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}
