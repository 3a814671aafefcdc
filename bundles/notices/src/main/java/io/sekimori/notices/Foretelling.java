package io.sekimori.notices;

import io.sekimori.releases.Disruption;
import io.sekimori.releases.Release;
import io.sekimori.rollouts.BundleChange;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says of an update which risks it removes, in the words that its publishers signed, and what it interrupts. Pure.
 *
 * @param releases what there is
 * @param language of the words
 */
record Foretelling(List<Release> releases, Locale language) {

    private static final int MOST_NAMED = 10;

    Foretelling {
        releases = List.copyOf(releases);
    }

    String of(List<BundleChange> changes) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "io.sekimori.notices.texts",
                language,
                Foretelling.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Map<String, Release> known =
                releases.stream().collect(Collectors.toMap(Foretelling::key, Function.identity(), (one, two) -> one));
        List<Release> coming = changes.stream()
                .filter(change -> change.version().isPresent())
                .map(change -> known.get(key(
                        change.kind().name(),
                        change.symbolicName(),
                        change.version().get())))
                .filter(Objects::nonNull)
                .toList();
        String remedies = coming.stream()
                .flatMap(release -> release.remedy().stream())
                .map(remedy -> remedy.in(language))
                .distinct()
                .collect(Collectors.joining(" / "));
        return interrupts(Disruption.of(coming), texts)
                + (remedies.isEmpty() ? "" : " " + filled(texts, "remedies", remedies));
    }

    private static String interrupts(Disruption disruption, ResourceBundle texts) {
        if (disruption.restart()) {
            return texts.getString("interrupts.restart");
        }
        if (disruption.none()) {
            return texts.getString("interrupts.nothing");
        }
        List<String> replaced = disruption.replaced();
        String names = String.join(", ", replaced.subList(0, Math.min(MOST_NAMED, replaced.size())));
        return filled(texts, "interrupts.replaced", names + (replaced.size() > MOST_NAMED ? ", …" : ""));
    }

    private static String filled(ResourceBundle texts, String key, String place) {
        return MessageFormat.format(texts.getString(key), place);
    }

    private static String key(Release release) {
        return key(release.kind().name(), release.symbolicName(), release.version());
    }

    private static String key(String kind, String symbolicName, String version) {
        return kind + " " + symbolicName + "/" + version;
    }
}
