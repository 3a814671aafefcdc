package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The maker of the demo's gateways: publishes releases, assigns them, packs them. All with the command line. */
final class Maker {

    static final String SERIAL = "demo-1";
    private static final String MODEL = "DEMO-GW";
    private static final List<String> KEYS =
            List.of("root", "targets", "snapshot", "timestamp", "director-root", "director");

    private final Place place;
    private final Tool tool;
    private int packs;

    Maker(Place place, Tool tool) {
        this.place = place;
        this.tool = tool;
    }

    Place place() {
        return place;
    }

    Tool tool() {
        return tool;
    }

    /** The same maker at another time. */
    Maker at(Tool other) {
        return new Maker(place, other);
    }

    /** Makes keys, release repository and director. */
    void begin() throws Broken {
        List<Object> words = new ArrayList<>(List.of("keys", "new", "--keys", place.keys()));
        words.addAll(KEYS);
        tool.must(words.toArray());
        tool.must("release", "init", "--repository", place.repository(), "--keys", place.keys());
        tool.must(with(
                List.of("director", "init", "--director", place.director(), "--keys", place.keys()),
                "--root",
                "director-root",
                "--targets",
                "director"));
    }

    /** Releases every jar of the gateway and of the demo. */
    void releaseProduct() throws Broken {
        List<Object> words = new ArrayList<>(List.of("release", "add", "--repository", place.repository()));
        for (Path feature : List.of(place.gatewayFeature(), place.demoFeature())) {
            words.addAll(List.of("--feature", feature));
        }
        for (Path directory : place.jarDirectories()) {
            words.addAll(List.of("--jars", directory));
        }
        tool.must(words.toArray());
        sign();
    }

    /** Releases one jar in the mode given. */
    void release(Path jar, String swap, Object... more) throws Broken {
        tool.must(with(List.of("release", "add", "--repository", place.repository(), "--swap", swap, jar), more));
        sign();
    }

    private void sign() throws Broken {
        tool.must("release", "sign", "--repository", place.repository(), "--keys", place.keys());
    }

    /** A further version of a built bundle: same classes, other manifest. */
    Path rebuild(String symbolicName, String version, Map<String, String> headers) throws IOException, Broken {
        Path target = place.jars().resolve(symbolicName + "-" + version + ".jar");
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.put("Bundle-Version", version);
        Rebuilt.jar(built(symbolicName), target, all);
        return target;
    }

    /** The jar that the build made of one of our bundles. */
    Path built(String symbolicName) throws IOException, Broken {
        for (Path directory : place.jarDirectories()) {
            if (Files.isDirectory(directory)) {
                try (var jars = Files.newDirectoryStream(directory, symbolicName + "-[0-9]*.jar")) {
                    for (Path jar : jars) {
                        return jar;
                    }
                }
            }
        }
        throw new Broken(symbolicName + " is not built");
    }

    /** Makes a unit. */
    Gateway unit(String serial, Object... more) throws Broken {
        tool.must(with(
                List.of(
                        "factory",
                        "--unit",
                        place.unit(serial),
                        "--repository",
                        place.repository(),
                        "--director",
                        place.director(),
                        "--keys",
                        place.keys(),
                        "--model",
                        MODEL,
                        "--serial",
                        serial,
                        "--feature",
                        place.gatewayFeature(),
                        "--feature",
                        place.demoFeature()),
                more));
        return new Gateway(place.unit(serial), place.pidFile(serial), place.log(serial), tool);
    }

    /** Assigns a change to a unit and packs it. */
    Path pack(String serial, Object... changes) throws Broken {
        tool.must(with(
                List.of(
                        "director",
                        "assign",
                        "--director",
                        place.director(),
                        "--repository",
                        place.repository(),
                        "--keys",
                        place.keys(),
                        "--serial",
                        serial),
                changes));
        return packAgain(serial);
    }

    /** Packs what is assigned. */
    Path packAgain(String serial) throws Broken {
        Path file = place.packs().resolve(serial + "-" + packs++ + "-" + System.nanoTime() + ".zip");
        tool.must(
                "release",
                "pack",
                "--repository",
                place.repository(),
                "--director",
                place.director(),
                "--serial",
                serial,
                "--unit",
                place.unit(serial),
                "--out",
                file);
        return file;
    }

    private static Object[] with(List<?> words, Object... more) {
        List<Object> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all.toArray();
    }
}
