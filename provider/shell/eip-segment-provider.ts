import type { dynamic } from "@pulumi/pulumi";
import type { ConfigSource, Properties, Verbs } from "../util/verbs";

/**
 * The part of the provider that Pulumi stores as text in every segment's state, where later runs find and run it.
 *
 * It must stay as small as it is and never change its meaning: it captures nothing, and loads the installed package only
 * when a verb is called, so that a stored copy always runs today's logic.
 */
export const eipSegmentProvider: Required<dynamic.ResourceProvider<Properties, object>> & {
  config?: ConfigSource;
  /** The verbs as the installed package implements them; each takes the stack's configuration first. */
  handlers(): Verbs;
} = {
  handlers() {
    return require("pulumi-alicloud-eip-segment/internal/handlers") as Verbs;
  },
  configure(request) {
    this.config = request.config;
    return Promise.resolve();
  },
  check(olds, news) {
    return this.handlers().check(this.config, olds, news);
  },
  diff(id, olds, news) {
    return this.handlers().diff(this.config, id, olds, news);
  },
  create(inputs) {
    return this.handlers().create(this.config, inputs);
  },
  read(id, props) {
    return this.handlers().read(this.config, id, props);
  },
  update(id, olds, news) {
    return this.handlers().update(this.config, id, olds, news);
  },
  delete(id, props) {
    return this.handlers().delete(this.config, id, props);
  },
};
