/** One line of the result; `value` is null where it could not be measured, and the note says why. */
export type Metric = { name: string; value: number | null; unit: string; note: string };

export const metric = (name: string, value: number, unit: string, note = ""): Metric => ({
  name,
  value: Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null,
  unit,
  note,
});

export const missing = (name: string, unit: string, reason: string): Metric => ({
  name,
  value: null,
  unit,
  note: `missing: ${reason}`,
});

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
