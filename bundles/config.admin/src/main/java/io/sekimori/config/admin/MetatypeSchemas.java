package io.sekimori.config.admin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Asks the framework's Metatype service. Of two versions of a bundle the one that runs counts, of two that run the
 * newer one. Keeps what was read of a bundle until the bundle changes, since reading means parsing XML.
 */
final class MetatypeSchemas implements Schemas {

    private record Known(long lastModified, MetaTypeInformation information, Bounds bounds) {}

    // The best last: it replaces what the others say.
    private static final Comparator<Bundle> BEST_LAST =
            Comparator.<Bundle>comparingInt(bundle -> isRunning(bundle) ? 1 : 0).thenComparing(Bundle::getVersion);

    private final Supplier<Bundle[]> bundles;
    private final MetaTypeService metatype;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    MetatypeSchemas(Supplier<Bundle[]> bundles, MetaTypeService metatype) {
        this.bundles = bundles;
        this.metatype = metatype;
    }

    @Override
    public List<Schema> all(Locale locale) {
        Map<String, Schema> best = new TreeMap<>();
        for (Bundle bundle : installed()) {
            Optional<Known> information = information(bundle);
            for (String pid : pids(information, false)) {
                schema(bundle, information, pid, false, locale).ifPresent(schema -> best.put(pid, schema));
            }
            for (String pid : pids(information, true)) {
                schema(bundle, information, pid, true, locale).ifPresent(schema -> best.put(pid, schema));
            }
        }
        return List.copyOf(best.values());
    }

    @Override
    public Optional<Schema> of(String pid) {
        String described = Pid.described(pid);
        boolean factory = Pid.isOfFactory(pid);
        Optional<Schema> best = Optional.empty();
        for (Bundle bundle : installed()) {
            Optional<Known> information = information(bundle);
            if (pids(information, factory).contains(described)) {
                best = schema(bundle, information, described, factory, Locale.ROOT);
            }
        }
        return best;
    }

    @Override
    public Set<String> pidsOf(String symbolicName) {
        Set<String> found = new TreeSet<>();
        for (Bundle bundle : installed()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                Optional<Known> information = information(bundle);
                found.addAll(pids(information, false));
                found.addAll(pids(information, true));
            }
        }
        return found;
    }

    private List<Bundle> installed() {
        List<Bundle> installed = List.of(bundles.get());
        known.keySet().retainAll(installed.stream().map(Bundle::getBundleId).collect(Collectors.toSet()));
        return installed.stream().sorted(BEST_LAST).toList();
    }

    /** Empty while the bundle cannot be read: it is going away, or coming and not resolved yet. */
    private Optional<Known> information(Bundle bundle) {
        Known read = known.get(bundle.getBundleId());
        if (read == null || read.lastModified() != bundle.getLastModified()) {
            read = read(bundle).orElse(null);
            if (read == null) {
                return Optional.empty();
            }
            known.put(bundle.getBundleId(), read);
        }
        return Optional.of(read);
    }

    private Optional<Known> read(Bundle bundle) {
        try {
            long lastModified = bundle.getLastModified();
            return Optional.ofNullable(metatype.getMetaTypeInformation(bundle))
                    .map(information -> new Known(lastModified, information, Bounds.of(bundle)));
        } catch (IllegalStateException | NullPointerException e) {
            // Uninstalled since the bundles were listed: where that happens between two steps of Felix's, it has no
            // revision any more.
            if (bundle.getState() == Bundle.UNINSTALLED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<Schema> schema(
            Bundle bundle, Optional<Known> known, String pid, boolean factory, Locale locale) {
        try {
            String language = locale.equals(Locale.ROOT) ? null : locale.toString();
            Known read = known.orElseThrow(IllegalStateException::new);
            return Optional.of(new Schema(
                    pid,
                    factory,
                    bundle.getSymbolicName(),
                    read.information().getObjectClassDefinition(pid, language),
                    read.bounds()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty(); // the bundle went away, or its description is broken
        }
    }

    private static Collection<String> pids(Optional<Known> known, boolean factory) {
        String[] pids = known.map(Known::information)
                .map(information -> factory ? information.getFactoryPids() : information.getPids())
                .orElse(null);
        return pids == null ? List.of() : List.of(pids);
    }

    private static boolean isRunning(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }
}
