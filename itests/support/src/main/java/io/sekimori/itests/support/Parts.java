package io.sekimori.itests.support;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a generation is made of.
 *
 * @param all bundles and jars of the launcher's class path
 */
public record Parts(List<Part> all) {

    private static final int MAX_BYTES = 1 << 20;

    public Parts {
        all = List.copyOf(all);
    }

    /** The gateway as it ships: what {@code features/gateway.json} lists, from the folders the build filled. */
    public static Parts gateway() {
        try {
            JsonObject feature =
                    JsonObject.parse(Files.readAllBytes(Path.of(System.getProperty("shipped.feature"))), MAX_BYTES);
            List<Part> parts = new ArrayList<>();
            for (JsonObject bundle : feature.objects("bundles")) {
                parts.add(new Part(
                        Jars.shippedFile(fileName(bundle.string("id"))),
                        Kind.BUNDLE,
                        Math.toIntExact(bundle.number("bundleStartLevel")),
                        Swap.valueOf(bundle.string("sekimori.swap").toUpperCase(Locale.ROOT)),
                        false));
            }
            Jars.slot().forEach(jar -> parts.add(Part.slot(jar)));
            return new Parts(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJson e) {
            throw new IllegalStateException("the gateway's feature", e);
        }
    }

    /** These and one more bundle, in place of the one of its symbolic name if there is one. */
    public Parts with(Part part) {
        List<Part> parts = new ArrayList<>(without(part.symbolicName()).all());
        parts.add(part);
        return new Parts(parts);
    }

    /** These with that jar in the place of the bundle of its symbolic name. */
    public Parts swapped(Path jar) {
        return with(bundle(Jars.symbolicName(jar)).with(jar));
    }

    /** These with that Java runtime, in the place of another one. */
    public Parts runningOn(Path jar) {
        List<Part> parts = new ArrayList<>(all);
        parts.removeIf(part -> part.kind() == Kind.JAVA);
        parts.add(Part.java(jar));
        return new Parts(parts);
    }

    /** These with that jar in the launcher's class path, in the place of the one of its symbolic name. */
    public Parts launchedBy(Path jar) {
        List<Part> parts = new ArrayList<>(all);
        parts.removeIf(part -> part.kind() == Kind.SLOT && part.symbolicName().equals(Jars.symbolicName(jar)));
        parts.add(Part.slot(jar));
        return new Parts(parts);
    }

    /** These without that bundle. */
    public Parts without(String symbolicName) {
        return new Parts(all.stream()
                .filter(part ->
                        part.kind() != Kind.BUNDLE || !part.symbolicName().equals(symbolicName))
                .toList());
    }

    /** The bundle of that symbolic name. */
    public Part bundle(String symbolicName) {
        return all.stream()
                .filter(part ->
                        part.kind() == Kind.BUNDLE && part.symbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no bundle " + symbolicName));
    }

    // group:artifact:version, as the feature format has it
    private static String fileName(String id) {
        String[] parts = id.split(":");
        return parts[1] + "-" + parts[2] + ".jar";
    }
}
