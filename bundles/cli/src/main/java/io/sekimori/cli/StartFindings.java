package io.sekimori.cli;

import io.sekimori.generation.StartReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the report of the newest start gives reason to say. */
final class StartFindings {

    private StartFindings() {}

    static List<Finding> of(Optional<StartReport> start, boolean alive, boolean answering) {
        List<Finding> findings = new ArrayList<>();
        if (!alive) {
            findings.add(
                    Finding.red("NOT_RUNNING", start.map(StartFindings::ended).orElse("it was never started")));
        } else if (!answering) {
            findings.add(Finding.red("NOT_ANSWERING", "run/control.sock"));
        }
        start.ifPresent(report -> add(report, findings));
        return findings;
    }

    private static String ended(StartReport report) {
        return "last start " + report.at() + ", " + report.phase();
    }

    private static void add(StartReport report, List<Finding> findings) {
        if (report.reason().filter("FELL_BACK"::equals).isPresent()) {
            findings.add(Finding.red(
                    "FELL_BACK",
                    "generation " + report.generation().map(String::valueOf).orElse("?")
                            + " was started instead of another"));
        }
        report.passedOver()
                .forEach(each -> findings.add(
                        Finding.red(each.code(), "generation " + each.generation() + ": " + each.detail())));
        report.notStarted()
                .forEach(each -> findings.add(Finding.red("BUNDLE_NOT_STARTED", each.bundle() + ": " + each.detail())));
        report.findings().forEach(each -> findings.add(Finding.note(each.code(), each.detail())));
        report.lastWords()
                .ifPresent(words -> findings.add(Finding.note(words.kind().name(), words.at() + ": " + words.why())));
    }
}
