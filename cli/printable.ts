/** Text of others without control characters: a tag or a name may not steer the terminal that shows it. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, "?");
