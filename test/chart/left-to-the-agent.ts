/** The codes of what helm's templates cannot check, and the agent does, or the API server: docs/chart.md has the table. */
export const LEFT_TO_THE_AGENT = /PC202|PC203|PC3[0-9]{2}|PC552|PC557/;
