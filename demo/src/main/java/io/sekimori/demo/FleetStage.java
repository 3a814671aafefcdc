package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The second part of the demo: a console, its publisher, and three gateways that belong to it. Everything is done with the
 * command line. Confined to one thread.
 */
final class FleetStage {

    static final List<String> SERIALS = List.of("gw-1", "gw-2", "gw-3");

    private static final String MODEL = "DEMO-GW";

    private final Place place;
    private final Tool tool;
    private final ConsoleProcess console;
    private final Maker parts;
    private final Map<String, Gateway> gateways = new TreeMap<>();
    private final Map<String, String> ids = new TreeMap<>();

    FleetStage(Place place, Tool tool) {
        this.place = place;
        this.tool = tool.with("SEKIMORI_CONFIG", place.state().resolve("login"));
        this.console = new ConsoleProcess(place);
        this.parts = new Maker(place, tool);
    }

    Place place() {
        return place;
    }

    /** The command line of the person who is signed in at the console. */
    Tool tool() {
        return tool;
    }

    ConsoleProcess console() {
        return console;
    }

    Gateway gateway(String serial) {
        return gateways.get(serial);
    }

    /** The id that the console gave it. */
    String id(String serial) {
        return ids.get(serial);
    }

    void named(String serial, String id) {
        ids.put(serial, id);
    }

    /** Signs in at the console with what is typed. */
    Tool.Answer login(String typed, String fingerprint) {
        return tool.typing(typed + "\n", "login", console.address(), "--password-stdin", "--fingerprint", fingerprint);
    }

    private Path offline() {
        return console.directory().resolve("offline");
    }

    /** Releases what gateways are made of, and what the demo adds. */
    int releaseProduct() throws Broken {
        List<Object> words = new ArrayList<>(
                List.of("release", "add", "--repository", offline().resolve("releases")));
        for (Path feature : List.of(place.gatewayFeature(), place.demoFeature())) {
            words.addAll(List.of("--feature", feature));
        }
        for (Path directory : place.jarDirectories()) {
            words.addAll(List.of("--jars", directory));
        }
        tool.must(words.toArray());
        return bring();
    }

    /** Releases further jars, signs, and brings all of it to the console; answers how many files were new there. */
    int release(String swap, Path... jars) throws Broken {
        List<Object> words = new ArrayList<>(
                List.of("release", "add", "--repository", offline().resolve("releases"), "--swap", swap));
        words.addAll(List.of(jars));
        tool.must(words.toArray());
        return bring();
    }

    /** Brings every file once more, as to a console that was restored. */
    void bringAgain() throws Broken {
        tool.must("releases", "import", "--again", "--repository", offline().resolve("releases"));
    }

    private int bring() throws Broken {
        tool.must(
                "release", "sign",
                "--repository", offline().resolve("releases"),
                "--keys", offline().resolve("keys"));
        String said = tool.must("releases", "import", "--repository", offline().resolve("releases"))
                .line();
        return Integer.parseInt(said.replaceAll(".*?([0-9]+) files.*", "$1"));
    }

    /** A further version of a built bundle. */
    Path rebuild(String symbolicName, String version) throws IOException, Broken {
        return parts.rebuild(symbolicName, version, Map.of());
    }

    /** A built bundle. */
    Path built(String symbolicName) throws IOException, Broken {
        return parts.built(symbolicName);
    }

    /** Makes a unit as the factory does, with this console's roots. */
    Gateway make(String serial, String... configure) throws Broken {
        List<Object> words = new ArrayList<>(List.of(
                "factory",
                "--unit",
                place.unit(serial),
                "--repository",
                offline().resolve("releases"),
                "--director",
                offline().resolve("director"),
                "--keys",
                offline().resolve("keys"),
                "--model",
                MODEL,
                "--serial",
                serial,
                "--feature",
                place.gatewayFeature(),
                "--feature",
                place.demoFeature(),
                "--configure",
                "io.sekimori.delivery:poll.seconds=5",
                "--configure",
                "io.sekimori.status.signed:look.seconds=5",
                "--configure",
                "io.sekimori.connection.mqtt:pause.longest.millis=2000",
                // Three gateways on one machine: each has a port of its own for the local page.
                "--configure",
                "io.sekimori.web.jetty:port=" + freePort()));
        for (String each : configure) {
            words.addAll(List.of("--configure", each));
        }
        tool.must(words.toArray());
        Gateway made = new Gateway(place.unit(serial), place.pidFile(serial), place.log(serial), tool);
        gateways.put(serial, made);
        return made;
    }

    private static int freePort() throws Broken {
        try {
            return ConsoleProcess.free(0);
        } catch (IOException e) {
            throw new Broken("no port is free", e);
        }
    }

    /** Registers it at the console and answers its activation file. */
    Path register(String serial) throws IOException, Broken {
        Path file = place.state().resolve(serial + ".activation.json");
        Files.deleteIfExists(file);
        JsonObject added = tool.must("gateways", "add", "--serial", serial, "--model", MODEL, "--out", file, "--json")
                .json();
        try {
            named(serial, added.string("id"));
        } catch (MalformedJson e) {
            throw new Broken("the console does not say the id", e);
        }
        return file;
    }

    /** What the console knows of a gateway. */
    JsonObject known(String serial) throws Broken {
        return tool.must("gateways", "show", id(serial), "--json").json();
    }

    /** The version of a bundle that the gateway proved to run; empty if it runs none. */
    String proved(String serial, String bundle) throws Broken {
        try {
            JsonObject gateway = known(serial);
            if (gateway.has("bundles")) {
                for (JsonObject one : gateway.objects("bundles")) {
                    if (one.string("symbolicName").equals(bundle)) {
                        return one.string("version");
                    }
                }
            }
            return "";
        } catch (MalformedJson e) {
            throw new Broken("the console's answer cannot be read", e);
        }
    }

    /**
     * What a bundle has in the vault of its gateway.
     *
     * @param code why it cannot be read; empty if it can
     */
    record Kept(long bytes, String code) {}

    /** What {@code vault show} says of that bundle on that gateway. */
    Kept vault(String serial, String bundle) throws Broken {
        try {
            for (JsonObject owner : tool.must(
                            "vault", "show", "--unit", gateway(serial).unit(), "--json")
                    .json()
                    .objects("owners")) {
                if (owner.string("owner").equals(bundle)) {
                    return new Kept(owner.number("bytes"), owner.string("code"));
                }
            }
            return new Kept(0, "");
        } catch (MalformedJson e) {
            throw new Broken("the answer of the vault cannot be read", e);
        }
    }
}
