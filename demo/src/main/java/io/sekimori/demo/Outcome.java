package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;

/**
 * What {@code sekimori update apply --json} said in the end.
 *
 * @param name CONFIRMED, REVERTED, REFUSED, CANCELLED, INTERRUPTED; empty if no transition was begun
 * @param code why it was not confirmed
 * @param line all of it, for a report
 * @param gapMillis the longest gap of a swap
 */
record Outcome(String name, String code, String line, long gapMillis) {

    static Outcome of(Tool.Answer answer) throws Broken {
        if (answer.out().isBlank()) {
            String line = answer.line();
            int colon = line.indexOf(':');
            return new Outcome("", colon < 0 ? line : line.substring(0, colon), line, 0);
        }
        try {
            JsonObject report = answer.json();
            long gap = 0;
            for (JsonObject swap : report.objects("swaps")) {
                gap = Math.max(gap, swap.number("gapMicros") / 1000);
            }
            String code = report.optionalString("code").orElse("");
            String detail = report.optionalString("detail").orElse("");
            return new Outcome(report.string("outcome"), code, code + ": " + detail, gap);
        } catch (MalformedJson e) {
            throw new Broken("the outcome cannot be read: " + answer.line(), e);
        }
    }

    Outcome mustBe(String wanted) throws Broken {
        if (!name.equals(wanted)) {
            throw new Broken(
                    "expected " + wanted + ", but it is " + (name.isEmpty() ? "not begun" : name) + ": " + line);
        }
        return this;
    }

    /** Fails unless it did not go through, for that reason. */
    Outcome mustFailFor(String... codes) throws Broken {
        if (name.equals("CONFIRMED")) {
            throw new Broken("it was confirmed");
        }
        for (String wanted : codes) {
            if (code.equals(wanted)) {
                return this;
            }
        }
        throw new Broken("expected " + String.join(" or ", codes) + ", but: " + line);
    }
}
