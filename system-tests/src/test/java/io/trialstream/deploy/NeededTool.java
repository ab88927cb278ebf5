package io.trialstream.deploy;

import io.trialstream.contracts.testing.Needed;

/** What the tests of the manifests need of their machine. */
final class NeededTool {

    private NeededTool() {}

    static void kubectl() {
        Needed.isThere(Tool.isThere("kubectl"), "kubectl renders the manifests: install it to test them");
    }

    static void promtool() {
        Needed.isThere(
                Tool.isThere("promtool"), "promtool checks the alert rules: install Debian's package prometheus");
    }
}
