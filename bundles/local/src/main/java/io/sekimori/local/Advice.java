package io.sekimori.local;

import io.sekimori.web.Body;
import io.sekimori.web.Problem;
import io.sekimori.web.Response;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * What a person can do about a code, whoever gave it: the files that lie beside the codes in the bundles that are
 * installed now, so that a new version brings its own advice. Thread-safe.
 */
final class Advice {

    private static final String FOLDER = "io/sekimori";
    private static final String FILES = "refusals*.properties";
    private static final String JAPANESE = "_ja.properties";

    private final Supplier<List<Place>> places;
    private volatile Known known = new Known(List.of(), Map.of(), Map.of());

    /** A bundle in one version, and how to find its files. */
    record Place(String edition, Supplier<List<URL>> files) {}

    private record Known(List<String> editions, Map<String, String> english, Map<String, String> japanese) {}

    Advice(Supplier<List<Place>> places) {
        this.places = places;
    }

    /** The advice of the bundles of a framework. */
    static Advice in(BundleContext framework) {
        return new Advice(
                () -> Stream.of(framework.getBundles()).map(Advice::place).toList());
    }

    private static Place place(Bundle bundle) {
        return new Place(bundle.getBundleId() + " " + bundle.getLastModified(), () -> {
            // A look into one that is only installed would resolve it.
            if (bundle.getBundleId() == 0 || (bundle.getState() & (Bundle.UNINSTALLED | Bundle.INSTALLED)) != 0) {
                return List.of();
            }
            try {
                Enumeration<URL> found = bundle.findEntries(FOLDER, FILES, true);
                return found == null ? List.of() : Collections.list(found);
            } catch (IllegalStateException e) {
                return List.of(); // uninstalled just now
            }
        });
    }

    /** The advice in that language, or in English; empty if no part has any. */
    Optional<String> of(String code, Locale language) {
        Known now = known();
        String own = language.getLanguage().equals("ja") ? now.japanese().get(code) : null;
        return Optional.ofNullable(own == null ? now.english().get(code) : own);
    }

    /** 409, with the code and the advice of whoever refused it beside our own. */
    Response refusal(LocalCode code, String reason, String detail, Locale language) {
        Map<String, Object> facts = new TreeMap<>(Map.of("reason", reason));
        of(reason, language).ifPresent(text -> facts.put("reasonAdvice", text));
        return Response.of(409, new Body.Refused(new Problem(409, code, detail, facts)));
    }

    private Known known() {
        List<Place> here = places.get();
        List<String> editions = here.stream().map(Place::edition).toList();
        Known before = known; // read once: another thread may set it
        if (before.editions().equals(editions)) {
            return before;
        }
        Map<String, String> english = new HashMap<>();
        Map<String, String> japanese = new HashMap<>();
        for (Place place : here) {
            for (URL file : place.files().get()) {
                Map<String, String> into = file.getPath().endsWith(JAPANESE) ? japanese : english;
                Properties read = read(file);
                read.stringPropertyNames().forEach(code -> into.putIfAbsent(code, read.getProperty(code)));
            }
        }
        Known now = new Known(editions, english, japanese);
        known = now;
        return now;
    }

    private static Properties read(URL file) {
        Properties read = new Properties();
        try (Reader in = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
            read.load(in);
        } catch (IOException e) {
            read.clear(); // its bundle went just now; the next look finds the new one
        }
        return read;
    }
}
