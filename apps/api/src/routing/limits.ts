/** Longest pattern, as compact JSON in UTF-8. */
export const MAX_PATTERN_BYTES = 4096;
/** Deepest path, counting the steps of dotted keys. */
export const MAX_PATTERN_LEVELS = 32;
/** Most combinations that the `$or`s of one pattern may multiply to. */
export const MAX_COMBINATIONS = 1000;
export const MAX_WILDCARD_STARS = 16;
/** Instructions of the compiled automaton; bounds the work per character. */
export const MAX_REGEX_INSTRUCTIONS = 500;
/** Longer values are never matched by a regex, so that linear time stays short time. */
export const MAX_REGEX_VALUE_LENGTH = 8192;
/**
 * Most work of one match, over all patterns that are asked; one or two tenths of a second. A step is one item of an array
 * that is come to, to compare it with a leaf or to look into it; an inner array is an item too, even when empty.
 */
export const MAX_MATCH_STEPS = 10_000_000;
/** Steps of one value put beside others, where dotted keys lead to one path by several ways. */
export const JOIN_STEPS = 10;
