// What the generated types of package handmade mean, for the compiler to check. The
// right sides are what viser's generator gives for the same definitions in Python, apart
// from its faults: `None` and `b'raw'` as literals, and guards on the line before theirs.
import * as h from "./handmade.gen.ts";

type Bin = Uint8Array<ArrayBuffer>;

/** True if two types are the same, not only assignable. */
type Same<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : false;

/** A type with all names of structs resolved. */
type Flat<T> = T extends Bin ? Bin : T extends object ? { [K in keyof T]: Flat<T[K]> } : T;

/** Fails to compile unless the type is true. */
const holds = <_T extends true>(): void => {};

holds<
  Same<
    h.PrimsMessage,
    { type: "PrimsMessage"; b: boolean; f: number; i: number; s: string; by: Bin; arr: Bin; arr_t: Bin; any_: any; none: null; never: never }
  >
>();
holds<Same<h.NoDocMessage, { type: "NoDocMessage"; x: number; y: [number, number] }>>();
holds<
  Same<
    h.ContainersMessage,
    {
      type: "ContainersMessage";
      t_fixed: [number, number, number];
      t_var: number[];
      t_empty: [];
      t_nested: [string[], [number, string]];
      t_pep585: number[];
      l: string[];
      l585: [number, number][];
      d: { [key: string]: number };
      d585: { [key: string]: { [key: string]: number } };
      l_union: (number | null)[];
      t_union: (number | string)[];
    }
  >
>();
holds<
  Same<
    h.LiteralsMessage,
    {
      type: "LiteralsMessage";
      s: "a" | "b";
      quote: "it's" | 'say "x"' | "back\\slash" | "snow☃" | "nl\n";
      i: 1 | 2 | -3;
      b: true | false;
      mixed: "a" | 1 | true;
      none: "a" | null;
      nested: "x" | "y" | "z";
      by: Bin;
    }
  >
>();
holds<
  Same<
    h.UnionsMessage,
    {
      type: "UnionsMessage";
      o: number | null;
      u: number | string | null;
      u_dedupe: number;
      u604: number | string | null;
      u_lit: "a" | "b" | number;
      o_lit: "a" | null;
      u_tuple: [number, number] | number[];
      u_arr: Bin | null;
    }
  >
>();
type Inner = { a: number; b: number[]; c: string | null };
holds<
  Same<
    h.StructsMessage,
    {
      type: "StructsMessage";
      td: { x: number; y?: string };
      tdp: { p?: [number, number]; q: "on" | "off" };
      inner: Inner;
      inner_opt: Inner | null;
      inners: Inner[];
      d_inner: { [key: string]: Inner };
    }
  >
>();
holds<Same<h.AnnotatedMessage, { type: "AnnotatedMessage"; ov: number[] | "custom"; ov_second: unknown; plain: number }>>();
holds<Same<h.ChildOfHidden, { type: "ChildOfHidden"; base: number; own: string }>>();
holds<Same<h.GrandChild, { type: "GrandChild"; base: number; own: string; more: boolean }>>();
holds<Same<h.TagBOnly, { type: "TagBOnly"; x: number }>>();
holds<Same<h.EmptyMessage, { type: "EmptyMessage" }>>();
holds<
  Same<
    h.Message["type"],
    | "PrimsMessage"
    | "NoDocMessage"
    | "ContainersMessage"
    | "LiteralsMessage"
    | "UnionsMessage"
    | "StructsMessage"
    | "AnnotatedMessage"
    | "ChildOfHidden"
    | "GrandChild"
    | "TagBOnly"
    | "EmptyMessage"
  >
>();
holds<Same<h.TagA["type"], "ChildOfHidden" | "GrandChild">>();
holds<Same<h.TagB["type"], "ChildOfHidden" | "GrandChild" | "TagBOnly">>();

/** Guards narrow, and the rest is what is left. */
export function use(message: h.Message): number | string {
  if (h.isTagA(message)) return message.own;
  if (h.isTagB(message)) return message.x;
  if (message.type === "PrimsMessage") return h.viewFloat32(message.arr_t)[0] ?? 0;
  // @ts-expect-error: no message of the tag is left
  return message.own;
}

// The comparison itself can fail.
holds<Same<Same<{ a?: string }, { a: string }>, false>>();
holds<Same<Same<[number, number], number[]>, false>>();
holds<Same<Same<Bin, Uint8Array>, false>>();
holds<Same<Same<any, unknown>, false>>();
