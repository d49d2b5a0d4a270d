import type { Series } from "./messages.gen.js";
import type { Distribution } from "./samples.js";

/** A chart of curves over time. */
export interface LinesSpec {
  readonly kind: "lines";
  readonly id: string;
  readonly title: string;
  readonly series: readonly (readonly [Series, string])[];
  /** Whether the space below the first curve is filled. */
  readonly fill?: boolean;
  /** Why there may be nothing to see. */
  readonly empty: string;
}

/** A chart of how many clients have which value, over time. */
export interface HeatSpec {
  readonly kind: "heat";
  readonly id: string;
  readonly title: string;
  readonly of: Distribution;
  readonly empty: string;
}

export type ChartSpec = LinesSpec | HeatSpec;

/** Charts that belong together. */
export interface ChartGroup {
  readonly id: string;
  readonly title: string;
  readonly charts: readonly ChartSpec[];
}

const nothingYet = "Nothing to show yet: there is a figure as soon as something is sent.";
const noGenerator = "Only a load generator can measure this: run loadgen, or feed the dashboard with Measured.";
const noClients = "No clients are connected.";

const lines = (id: string, title: string, empty: string, series: LinesSpec["series"], fill = false): LinesSpec =>
  ({ kind: "lines", id, title, empty, series, fill });

const quantiles = (name: "latency" | "gap" | "rtt" | "age"): LinesSpec["series"] => [
  [`${name}P50`, "p50"],
  [`${name}P99`, "p99"],
  [`${name}P999`, "p99.9"],
];

/** All charts of the live page, in their order. */
export const chartGroups: readonly ChartGroup[] = [
  {
    id: "traffic",
    title: "Traffic",
    charts: [
      lines("deliveries", "Deliveries", nothingYet, [["deliveries", "sent"], ["measuredDeliveries", "arrived at the load generator"]], true),
      lines("bytes", "Bytes sent", nothingYet, [["bytes", "on the wire"]], true),
      lines("cpu-per-delivery", "CPU per delivery", nothingYet, [["cpuPerDelivery", "CPU"]], true),
      lines("window-rate", "Effective window rate", nothingYet, [["windowRate", "windows to a client"]], true),
      lines("compression", "Compression", nothingYet, [["compression", "before : after"]], true),
      lines("clients", "Clients", noClients, [["clients", "connected"], ["measuredClients", "of the load generator"], ["suspended", "away, may come back"], ["paused", "paused"]], true),
    ],
  },
  {
    id: "delay",
    title: "Delay",
    charts: [
      lines("latency", "Latency, as the load generator measures it", noGenerator, quantiles("latency")),
      lines("gap", "Update gap of an object at a client", noGenerator, quantiles("gap")),
      lines("rtt", "Round trip of the server’s pings", "No client has answered a ping yet.", quantiles("rtt")),
      { kind: "heat", id: "lag-map", title: "Waiting time", of: "lag", empty: noClients },
      { kind: "heat", id: "pending-map", title: "Pending bytes", of: "pending", empty: noClients },
      { kind: "heat", id: "rtt-map", title: "Round trip", of: "rtt", empty: "No client has answered a ping yet." },
      lines("age", "Age of the oldest pending message", noClients, quantiles("age")),
      lines("pending", "Pending, all clients", noClients, [["pending", "in queues and sockets"]], true),
    ],
  },
  {
    id: "process",
    title: "Process",
    charts: [
      lines("cpu", "CPU", nothingYet, [["cpu", "process"], ["gcShare", "garbage collection"]], true),
      lines("memory", "Memory", nothingYet, [["rss", "resident"], ["heap", "heap in use"]], true),
      lines("gc", "GC pause", nothingYet, [["gcPause", "longest"]], true),
      lines("handler-queue", "Handler queue", nothingYet, [["handlerQueue", "waiting"]], true),
      lines("handler-time", "Handler time", "No message from a client has been handled yet.", [["handlerTime", "per message"]], true),
      lines("goroutines", "Goroutines", nothingYet, [["goroutines", "goroutines"]], true),
    ],
  },
  {
    id: "server",
    title: "Inside the server",
    charts: [
      lines("windows", "Windows", nothingYet, [["windows", "delivered"], ["framesBuilt", "built"]], true),
      lines("pass-time", "A pass over all clients", nothingYet, [["passTime", "a pass"]], true),
      lines("pushes", "Messages into the log", nothingYet, [["pushes", "pushed"], ["culled", "superseded"]], true),
      lines("log-messages", "Messages in the log", nothingYet, [["logMessages", "live"]], true),
      lines("log-bytes", "Bytes in the log", nothingYet, [["logBytes", "live"]], true),
      lines("inbound", "Messages from clients", nothingYet, [["inbound", "received"]], true),
      lines("inbound-bytes", "Bytes from clients", nothingYet, [["inboundBytes", "received"]], true),
      lines("lag-max", "Lag of the slowest client", noClients, [["lagMax", "sequences behind"]], true),
      lines("comings", "Comings, goings and losses", nothingYet, [["connects", "opened"], ["refused", "refused"], ["closes", "closed"], ["writeStalls", "sockets stalled"], ["transientsLost", "transients lost"]]),
    ],
  },
];
