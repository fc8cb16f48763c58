/** The values in an answer that holds several. */
export function listed(answer: string): string[] {
  return answer
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** The name of the answer to a line of something picked, as the app crate reads it. */
export function lineOf(field: string, value: string, line: string): string {
  return `${field}.${value}.${line}`;
}
