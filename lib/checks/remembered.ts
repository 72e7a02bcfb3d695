import type { Rule } from "./catalogue.ts";
import type { CheckContext, Finding } from "./finding.ts";

/** What a rule looked at: the way there from the context, and what it saw. */
type Look = { way: readonly string[]; saw: unknown };
type Result = { looks: readonly Look[]; findings: readonly Finding[] };

/** What is made anew with every change: looking at it is nothing, looking into it is. Everything below never changes in place. */
const OPEN: ReadonlySet<string> = new Set(["report", "lastYear", "report.prose", "report.tables"]);

/**
 * Asks rules as `ask` does, and remembers what each of them looked at: as long as all of that is the same it would say the
 * same, and is not asked again. A figure changes little of what there is to look at.
 */
export function rememberedRules(ask: (rule: Rule, context: CheckContext) => readonly Finding[]) {
  const known = new Map<Rule, Result>();
  return (rule: Rule, context: CheckContext): readonly Finding[] => {
    const before = known.get(rule);
    if (before?.looks.every(({ way, saw }) => Object.is(lookAt(context, way), saw))) return before.findings;
    const looks: Look[] = [];
    const asked = ask(rule, watched(context, [], looks));
    const findings = asked.map((finding) => before?.findings.find((other) => saysTheSame(other, finding)) ?? finding);
    known.set(rule, { looks, findings });
    return findings;
  };
}

const lookAt = (context: CheckContext, way: readonly string[]): unknown =>
  way.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], context);

/** An object that notes what is looked at in it, once. */
function watched<T extends object>(object: T, way: readonly string[], looks: Look[]): T {
  const seen = new Map<string | symbol, unknown>();
  const look = (name: string | symbol): unknown => {
    const value: unknown = Reflect.get(object, name);
    const below = [...way, String(name)];
    if (typeof value === "object" && value !== null && OPEN.has(below.join("."))) return watched(value, below, looks);
    looks.push({ way: below, saw: value });
    return value;
  };
  const whole = () => {
    looks.push({ way, saw: object });
    return object;
  };
  return new Proxy({} as T, {
    get(_, name) {
      if (!seen.has(name)) seen.set(name, look(name));
      return seen.get(name);
    },
    has: (_, name) => Reflect.has(whole(), name),
    ownKeys: () => Reflect.ownKeys(whole()),
    getOwnPropertyDescriptor(_, name) {
      const property = Reflect.getOwnPropertyDescriptor(whole(), name);
      return property && { ...property, configurable: true };
    },
  });
}

/** The same words about the same place: who shows it need not show it again. */
const saysTheSame = (one: Finding, other: Finding): boolean =>
  one.at === other.at &&
  one.message === other.message &&
  one.severity === other.severity &&
  one.code === other.code &&
  one.fix?.text === other.fix?.text &&
  one.advice === other.advice;
