/** Value in a reply body. */
export type ReplyValue = string | number | boolean | readonly ReplyValue[] | ReplyBody;

/** Body of a reply, or an object in it. */
export interface ReplyBody {
  readonly [key: string]: ReplyValue;
}
