/** One resource as the checkpoint, `stack export` and preview steps show it. */
export interface ResourceState {
  urn: string;
  type: string;
  id?: string;
  custom?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
  protect?: boolean;
  delete?: boolean;
  dependencies?: string[];
}

/** What `pulumi stack export` prints. */
export interface Deployment {
  version: number;
  deployment: {
    resources?: ResourceState[];
    pending_operations?: { resource: ResourceState; type: string }[];
  };
}

/** One entry of `steps` in `pulumi preview --json`. */
export interface PreviewStep {
  op: string;
  urn: string;
  oldState?: ResourceState;
  newState?: ResourceState;
  diffReasons?: string[];
  replaceReasons?: string[];
  detailedDiff?: Record<string, { kind: string; inputDiff: boolean }> | null;
}

/** One line of the engine's event log; only the parts tests look at. */
export interface EngineEvent {
  sequence: number;
  timestamp: number;
  resourcePreEvent?: { metadata: StepMetadata; planning?: boolean };
  resOutputsEvent?: { metadata: StepMetadata; planning?: boolean };
  resOpFailedEvent?: { metadata: StepMetadata; status: number };
  diagnosticEvent?: { urn?: string; message: string; severity: string };
  summaryEvent?: { resourceChanges: Record<string, number>; durationSeconds: number };
}

/** The step an engine event is about. */
export interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old?: ResourceState | null;
  new?: ResourceState | null;
  keys?: string[] | null;
}
