package io.sekimori.cli;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a unit shall run, while it is being put together out of the releases of one repository. Confined to one thread.
 */
final class Wish {

    private static final Pattern CONFIGURE = Pattern.compile("([^:=]+):([^:=]+)=(.*)");
    private static final int DEFAULT_START_LEVEL = 10;

    private final Map<String, Release> releases = new TreeMap<>();
    private final Map<String, Assigned> items = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> configurations = new TreeMap<>();
    private final Set<String> given = new HashSet<>();

    Wish(ReleaseRepository repository) throws IOException {
        repository.facts().releases().forEach(release -> releases.put(release.path(), release));
    }

    /** Begins with what is assigned already. */
    void keep(List<Assigned> assigned, Map<String, Map<String, Object>> configured) {
        assigned.forEach(this::put);
        configurations.putAll(configured);
    }

    /** Wants everything that a product is made of. */
    void want(Product product) throws Failure {
        for (Product.Part part : product.parts()) {
            Release release = releases.values().stream()
                    .filter(part::is)
                    .max(Comparator.comparingLong(Release::counter))
                    .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NOT_RELEASED", part.mavenId()));
            put(Assigned.of(release, part.startLevel()));
        }
        configurations.putAll(product.configurations());
    }

    /** Wants this release; without a level at that of the version before. A Java runtime takes the place of another one. */
    void set(WantedRelease wanted) throws Failure {
        Assigned before = items.get(key(wanted.kind(), wanted.symbolicName()));
        int level = wanted.level().orElse(before == null ? DEFAULT_START_LEVEL : before.startLevel());
        if (wanted.kind() == Kind.JAVA) {
            items.values().removeIf(item -> item.kind() == Kind.JAVA);
        }
        String path = Release.pathOf(wanted.kind(), wanted.symbolicName(), wanted.version());
        put(Assigned.of(released(path), level));
    }

    /** No longer wants a bundle. */
    void remove(String symbolicName) throws Failure {
        if (items.remove(key(Kind.BUNDLE, symbolicName)) == null) {
            throw new Failure(ExitCode.REFUSED, "NOT_ASSIGNED", symbolicName);
        }
    }

    /** Sets {@code PID:NAME=VALUE}; of one that is given several times each value is one of a list. */
    void configure(String words) throws Failure {
        Matcher parts = CONFIGURE.matcher(words);
        if (!parts.matches()) {
            throw new Failure(ExitCode.USAGE, "CONFIGURE_MALFORMED", words);
        }
        Map<String, Object> values = new TreeMap<>(configurations.getOrDefault(parts.group(1), Map.of()));
        boolean first = given.add(parts.group(1) + ":" + parts.group(2));
        values.merge(
                parts.group(2), value(parts.group(3)), (before, now) -> first ? now : with(before, parts.group(3)));
        configurations.put(parts.group(1), values);
    }

    List<Assigned> items() {
        return new ArrayList<>(items.values());
    }

    Map<String, Map<String, Object>> configurations() {
        return configurations;
    }

    private void put(Assigned item) {
        items.put(key(item.kind(), item.symbolicName()), item);
    }

    private static String key(Kind kind, String symbolicName) {
        return kind.word() + " " + symbolicName;
    }

    private static List<String> with(Object before, String text) {
        List<String> all = new ArrayList<>();
        if (before instanceof List<?> list) {
            list.forEach(each -> all.add(String.valueOf(each)));
        } else {
            all.add(String.valueOf(before));
        }
        all.add(text);
        return all;
    }

    private static Object value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    private Release released(String path) throws Failure {
        Release release = releases.get(path);
        if (release == null) {
            throw new Failure(ExitCode.REFUSED, "NOT_RELEASED", path);
        }
        return release;
    }
}
