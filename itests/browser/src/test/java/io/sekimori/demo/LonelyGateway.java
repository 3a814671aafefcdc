package io.sekimori.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sekimori.trust.Activation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway on a site without a network: it has its activation, and no console answers. Its maker sends updates on sticks.
 * Confined to one thread.
 */
public final class LonelyGateway {

    /** Of its activation. */
    public static final String CODE = "abcdefghijklmnopqrstuvwx23";

    static final String SERIAL = "gw-9";
    private static final String KURA = "io.sekimori.kura";

    private final FleetStage stage;
    /** What each stick says it mends. */
    public static final String REMEDY = "Anybody near could read the meter.";

    private final Path media;
    private final Path unit;

    /** Makes and starts it; its sticks appear below {@code media}. */
    LonelyGateway(FleetStage stage, Path media) throws IOException {
        this.stage = stage;
        this.media = Files.createDirectories(media);
        try {
            Gateway gateway = stage.make(SERIAL, "io.sekimori.local:media=" + media);
            unit = gateway.unit();
            Files.write(unit.resolve("activation.json"), activation());
            gateway.start();
        } catch (Broken e) {
            throw new IOException("the gateway without a console does not stand", e);
        }
    }

    private static byte[] activation() {
        String hash = "0".repeat(64);
        try (Activation made = new Activation(
                new Activation.Place(
                        "g-abcdefghijkl",
                        "sekimori",
                        URI.create("https://127.0.0.1:1"),
                        URI.create("ssl://127.0.0.1:2")),
                new Activation.Pins(hash, hash),
                Instant.now().plus(Duration.ofDays(1)),
                CODE.getBytes(US_ASCII))) {
            return made.bytes();
        }
    }

    /** Where its page is. */
    public String address() throws IOException {
        return LocalAddress.of(unit);
    }

    /**
     * Plugs in a stick with a further version of one bundle, made for this gateway by its maker, past every console.
     *
     * @param configure what else the update sets, {@code PID:NAME=VALUE}; empty for nothing
     */
    public void plugIn(String stick, String version, String configure) throws IOException {
        Path offline = stage.console().directory().resolve("offline");
        List<Object> repository = List.of("--repository", offline.resolve("releases"));
        List<Object> keys = List.of("--keys", offline.resolve("keys"));
        List<Object> director = List.of("--director", offline.resolve("director"), "--serial", SERIAL);
        List<Object> change = new ArrayList<>(List.of("--set", KURA + "/" + version));
        if (!configure.isEmpty()) {
            change.addAll(List.of("--configure", configure));
        }
        Path made = media.resolveSibling(stick + ".zip");
        try {
            Path jar = stage.rebuild(KURA, version);
            give(List.of(List.of("release", "add", "--swap", "overlap", "--remedy", REMEDY, jar), repository));
            give(List.of(List.of("release", "sign"), repository, keys));
            give(List.of(List.of("director", "assign"), director, repository, keys, change));
            give(List.of(List.of("release", "pack", "--unit", unit, "--out", made), director, repository));
        } catch (Broken e) {
            throw new IOException("no stick was made", e);
        }
        // At once and whole, as a file that is on a stick when it is mounted.
        Files.move(made, Files.createDirectories(media.resolve(stick)).resolve(stick + ".zip"));
    }

    private void give(List<List<Object>> words) throws Broken {
        stage.tool().must(words.stream().flatMap(List::stream).toArray());
    }
}
