/**
 * Which half of the groups a group belongs to: constants were tuned on one half and are reported on the other.
 *
 * By a hash of the name (FNV-1a), so that it does not change when a file grows.
 */
export const halfOf = (group: string): "tuned" | "held-out" => {
  let hash = 0x811c9dc5;
  for (const character of group) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // Names that differ in their last letter alone hash alike but for the lowest bits: those must reach the bit that decides.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash >>> 16) & 1) === 0 ? "tuned" : "held-out";
};
