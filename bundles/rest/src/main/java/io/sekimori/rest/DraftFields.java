package io.sekimori.rest;

import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.WaveSize;
import io.sekimori.web.Fields;
import io.sekimori.web.WebException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads the draft of a rollout. Stateless. */
final class DraftFields {

    private static final long USUAL_SILENCE = 3_600;

    private DraftFields() {}

    /** @throws IllegalArgumentException if a value is out of its bounds */
    static Draft read(Fields json) throws WebException {
        json.allow("name", "gateways", "filter", "changes", "waves", "limits", "automatic", "silentAfterSeconds");
        List<WaveSize> waves = new ArrayList<>();
        for (String size : json.has("waves") ? json.texts("waves") : List.<String>of()) {
            waves.add(WaveSize.parse(size));
        }
        return new Draft(
                json.text("name"),
                selection(json),
                changes(json),
                waves,
                json.has("limits") ? limits(json.object("limits")) : Limits.STRICT,
                json.optionalBool("automatic").orElse(true),
                Duration.ofSeconds(json.optionalNumber("silentAfterSeconds").orElse(USUAL_SILENCE)));
    }

    private static Selection selection(Fields json) throws WebException {
        if (json.has("gateways") == json.has("filter")) {
            throw new IllegalArgumentException("give gateways or filter, and not both");
        }
        if (json.has("gateways")) {
            return new Selection.Listed(json.texts("gateways"));
        }
        Fields filter = json.object("filter");
        Map<String, String> words = new TreeMap<>();
        for (String name : filter.asMap().keySet()) {
            words.put(name, filter.text(name));
        }
        return new Selection.Matching(words);
    }

    private static List<BundleChange> changes(Fields json) throws WebException {
        List<BundleChange> changes = new ArrayList<>();
        for (Fields change : json.objects("changes")) {
            change.allow("kind", "symbolicName", "version", "startLevel");
            changes.add(new BundleChange(
                    kind(change.optionalText("kind").orElse("BUNDLE")),
                    change.text("symbolicName"),
                    change.optionalText("version"),
                    startLevel(change)));
        }
        return changes;
    }

    private static OptionalInt startLevel(Fields change) throws WebException {
        return change.has("startLevel")
                ? OptionalInt.of(count(change, "startLevel", 0)) // whether it is one, the change itself says
                : OptionalInt.empty();
    }

    private static Kind kind(String text) {
        try {
            return Kind.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("kind is BUNDLE, SLOT or JAVA", e);
        }
    }

    private static Limits limits(Fields json) throws WebException {
        json.allow("failed", "reverted", "refused", "silent", "success");
        return new Limits(
                count(json, "failed", 0),
                count(json, "reverted", 0),
                count(json, "refused", 0),
                count(json, "silent", 0),
                count(json, "success", 100));
    }

    private static int count(Fields json, String name, long usual) throws WebException {
        long number = json.optionalNumber(name).orElse(usual);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is out of range");
        }
        return (int) number;
    }
}
