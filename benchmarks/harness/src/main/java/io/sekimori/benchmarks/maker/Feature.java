package io.sekimori.benchmarks.maker;

import io.sekimori.benchmarks.Setting;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The gateway as it is shipped: {@code features/gateway.json} with the jars that the distribution holds. */
public final class Feature {

    private Feature() {}

    /** The bundles with start level and swap mode. */
    public static List<Part> bundles(Setting setting) throws IOException {
        Path file = setting.home().resolve("features/gateway.json");
        try {
            return parts(JsonObject.parse(Files.readAllBytes(file)), setting.bundles());
        } catch (MalformedJson e) {
            throw new IOException(file + " is malformed", e);
        }
    }

    private static List<Part> parts(JsonObject feature, List<Path> jars) throws IOException, MalformedJson {
        List<Part> parts = new ArrayList<>();
        for (JsonObject bundle : feature.objects("bundles")) {
            String[] id = bundle.string("id").split(":");
            String name = id[1] + "-" + id[2] + ".jar";
            Path jar = jars.stream()
                    .filter(file -> file.endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the distribution has no " + name));
            Swap swap = Swap.valueOf(bundle.string("sekimori.swap").toUpperCase(Locale.ROOT));
            parts.add(Part.bundle(jar, Math.toIntExact(bundle.number("bundleStartLevel")), swap, 1));
        }
        return parts;
    }
}
