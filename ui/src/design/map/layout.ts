/**
 * Places the grant map: vendors on top, the provider with its objects in the middle, customers below. Pure numbers in px, so
 * that it can be tested without a browser. Room that is left over goes into the two gaps where the labels stand.
 */
import type { GrantMapModel, MapGrant, MapObject, MapParty } from "./model";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedParty extends Box {
  party: MapParty;
}

export interface PlacedObject extends Box {
  object: MapObject;
  owner: string;
}

export interface PlacedGrant {
  grant: MapGrant;
  /** SVG path; the last point carries the arrow head unless `headless`. */
  path: string;
  headless: boolean;
  head: { x: number; y: number; direction: "up" | "down" | "left" | "right" } | undefined;
  /** Where the words stand; `side` tells which edge touches the line. */
  label: { x: number; y: number; side: "left" | "right"; width: number } | undefined;
}

export interface MapLayout {
  width: number;
  height: number;
  parties: PlacedParty[];
  objects: PlacedObject[];
  grants: PlacedGrant[];
}

const VENDOR = 53;
const HEADER = 50;
const OBJECT = 45;
const OBJECT_WITH_RISK = 62;
const CUSTOMER = { least: 66, most: 87 };
const PAD = 12;
const COLUMN_GAP = 28;
const ROW_GAP = 14;
const PARTY_GAP = 9;
/** The lower gap holds a joint and, above it, three lines of words. */
const LEAST_GAP = { upper: 78, lower: 112 };
const JOINT = 40;
const WORDS = 56;
/** Where an upright line stands on a narrow box, as a share of its width. */
const UPRIGHT = 0.42;
/** Where a trunk meets the object that receives it, from its left edge, as a share of its width. */
const TRUNK = 0.43;

export function layoutGrantMap(model: GrantMapModel, width: number, available: number): MapLayout {
  const vendors = model.parties.filter((party) => party.kind === "vendor");
  const providers = model.parties.filter((party) => party.kind === "provider");
  const customers = model.parties.filter((party) => party.kind === "customer");

  const providerHeights = providers.map((party) => providerHeight(party));
  const vendorHeight = vendors.length * VENDOR + Math.max(0, vendors.length - 1) * PARTY_GAP;
  const providersHeight = providerHeights.reduce((sum, height) => sum + height, 0) + Math.max(0, providers.length - 1) * PARTY_GAP;

  const upper = vendors.length > 0 && providers.length > 0 ? LEAST_GAP.upper : 0;
  const lower = customers.length > 0 && (providers.length > 0 || vendors.length > 0) ? LEAST_GAP.lower : 0;
  const above = vendorHeight + providersHeight + upper + lower;
  // The customers' boxes give way first when room is short.
  const customerHeight = customers.length > 0 ? Math.min(CUSTOMER.most, Math.max(CUSTOMER.least, available - above)) : 0;
  const least = above + customerHeight;
  const spare = Math.max(0, available - least);
  const gaps = upper + lower;
  const upperGap = gaps === 0 ? 0 : upper + (spare * upper * 0.7) / (upper * 0.7 + lower);
  const lowerGap = gaps === 0 ? 0 : lower + (spare * lower) / (upper * 0.7 + lower);

  const parties: PlacedParty[] = [];
  const objects: PlacedObject[] = [];
  let y = 0;
  for (const party of vendors) {
    parties.push({ party, x: 0, y, width, height: VENDOR });
    y += VENDOR + PARTY_GAP;
  }
  if (vendors.length > 0) y += upperGap - PARTY_GAP;
  providers.forEach((party, index) => {
    const height = providerHeights[index] ?? 0;
    parties.push({ party, x: 0, y, width, height });
    objects.push(...placeObjects(party, width, y));
    y += height + PARTY_GAP;
  });
  if (providers.length > 0) y -= PARTY_GAP;
  if (customers.length > 0) {
    y += lowerGap;
    const each = (width - PARTY_GAP * (customers.length - 1)) / customers.length;
    customers.forEach((party, index) => {
      parties.push({ party, x: index * (each + PARTY_GAP), y, width: each, height: customerHeight });
    });
    y += customerHeight;
  }
  return { width, height: y, parties, objects, grants: placeGrants(model.grants, parties, objects, width) };
}

function objectHeight(object: MapObject): number {
  return object.risk === undefined ? OBJECT : OBJECT_WITH_RISK;
}

/** Lasting objects stand in rows of two; passing ones below, at the right. */
function objectRows(party: MapParty): { lasting: MapObject[][]; passing: MapObject[] } {
  const lasting = party.objects.filter((object) => object.temporary !== true);
  const rows: MapObject[][] = [];
  for (let index = 0; index < lasting.length; index += 2) rows.push(lasting.slice(index, index + 2));
  return { lasting: rows, passing: party.objects.filter((object) => object.temporary === true) };
}

function providerHeight(party: MapParty): number {
  const { lasting, passing } = objectRows(party);
  const rows = lasting.map((row) => Math.max(...row.map(objectHeight))).concat(passing.map(objectHeight));
  const inner = rows.reduce((sum, height) => sum + height + ROW_GAP, 0);
  return rows.length === 0 ? HEADER : HEADER + inner - ROW_GAP + PAD;
}

function placeObjects(party: MapParty, width: number, top: number): PlacedObject[] {
  const { lasting, passing } = objectRows(party);
  const inner = width - 2 * PAD;
  const left = Math.round((inner - COLUMN_GAP) * 0.575);
  const right = inner - COLUMN_GAP - left;
  const placed: PlacedObject[] = [];
  let y = top + HEADER;
  for (const row of lasting) {
    const height = Math.max(...row.map(objectHeight));
    row.forEach((object, column) => {
      const alone = row.length === 1;
      placed.push({
        object,
        owner: party.id,
        x: PAD + (column === 0 ? 0 : left + COLUMN_GAP),
        y,
        width: column === 0 ? (alone ? Math.round(inner * 0.62) : left) : right,
        height,
      });
    });
    y += height + ROW_GAP;
  }
  for (const object of passing) {
    const height = objectHeight(object);
    placed.push({ object, owner: party.id, x: PAD + inner - right - 14, y, width: right + 14, height });
    y += height + ROW_GAP;
  }
  return placed;
}

function placeGrants(grants: readonly MapGrant[], parties: PlacedParty[], objects: PlacedObject[], width: number): PlacedGrant[] {
  const rank = (id: string): number => {
    const owner = objects.find((placed) => placed.object.id === id)?.owner ?? id;
    const kind = parties.find((placed) => placed.party.id === owner)?.party.kind;
    return kind === "vendor" ? 0 : kind === "provider" ? 1 : 2;
  };
  const boxOf = (id: string): Box | undefined => objects.find((placed) => placed.object.id === id) ?? parties.find((placed) => placed.party.id === id);
  const trunkLabelled = new Set<string>();
  const placed: PlacedGrant[] = [];
  for (const grant of grants) {
    const from = boxOf(grant.from);
    const to = boxOf(grant.to);
    if (from === undefined || to === undefined) continue;
    const levels = rank(grant.from) - rank(grant.to);
    if (levels === 0) placed.push(sideways(grant, from, to));
    else if (levels > 0 && rank(grant.from) === 2) {
      const first = !trunkLabelled.has(grant.to);
      trunkLabelled.add(grant.to);
      placed.push(trunk(grant, from, to, width, first));
    } else placed.push(straight(grant, from, to, width, levels > 0));
  }
  return placed;
}

/** Within one tenant: an arrow to the neighbour, or a short dashed tie to what hangs below. */
function sideways(grant: MapGrant, from: Box, to: Box): PlacedGrant {
  const sameRow = from.y < to.y + to.height && to.y < from.y + from.height;
  if (sameRow) {
    const y = (Math.max(from.y, to.y) + Math.min(from.y + from.height, to.y + to.height)) / 2;
    const rightwards = to.x > from.x;
    const start = rightwards ? from.x + from.width : from.x;
    const end = rightwards ? to.x - 2 : to.x + to.width + 2;
    return { grant, path: `M${start} ${y}H${end}`, headless: false, head: { x: end, y, direction: rightwards ? "right" : "left" }, label: undefined };
  }
  const [above, below] = from.y < to.y ? [from, to] : [to, from];
  const x = Math.round(above.x + above.width * UPRIGHT);
  return { grant, path: `M${x} ${above.y + above.height}V${below.y}`, headless: true, head: undefined, label: undefined };
}

/** From a customer up to its receiver: branches join in one trunk, whose first grant carries the words. */
function trunk(grant: MapGrant, from: Box, to: Box, width: number, labelled: boolean): PlacedGrant {
  const trunkX = Math.round(to.x + to.width * TRUNK);
  const start = from.x + from.width / 2;
  const joint = from.y - JOINT;
  const end = to.y + to.height + 1;
  const bend = Math.min(8, Math.abs(start - trunkX) / 2);
  const turn = Math.sign(trunkX - start);
  const path =
    bend < 2
      ? `M${start} ${from.y}V${joint}L${trunkX} ${joint}V${end}`
      : `M${start} ${from.y}V${joint + bend}Q${start} ${joint} ${start + turn * bend} ${joint}H${trunkX - turn * bend}Q${trunkX} ${joint} ${trunkX} ${joint - bend}V${end}`;
  // The words stand in the free room between the tenant's lower edge and the joint.
  const label = labelled ? { x: trunkX + 16, y: joint - WORDS, side: "right" as const, width: width - trunkX - 16 } : undefined;
  return { grant, path, headless: false, head: { x: trunkX, y: end, direction: "up" }, label };
}

/** Up or down across a gap: one straight line, words beside it where there is more room. */
function straight(grant: MapGrant, from: Box, to: Box, width: number, up: boolean): PlacedGrant {
  const narrow = from.width < to.width ? from : to;
  const x = Math.round(narrow.x + narrow.width * (narrow.x > width / 3 ? UPRIGHT : TRUNK));
  const start = up ? from.y - 2 : from.y + from.height + 2;
  const end = up ? to.y + to.height + 2 : to.y - 2;
  const side = x > width / 2 ? "left" : "right";
  const top = Math.min(start, end);
  const label = { x: side === "left" ? x - 10 : x + 12, y: top + 16, side: side as "left" | "right", width: side === "left" ? x - 10 : width - x - 12 };
  return { grant, path: `M${x} ${start}V${end}`, headless: false, head: { x, y: end, direction: up ? "up" : "down" }, label };
}
