package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A capability counts when somebody depends on it: without it, what needs it refuses. */
record Absences(Stage stage) {

    private static final String SERIAL = "absent";

    List<Line> lines() {
        return List.of(
                refusal("io.sekimori.audit.chain", "AUDIT_UNAVAILABLE"),
                refusal("io.sekimori.keys.file", "KEYS_UNAVAILABLE"),
                refusal("io.sekimori.config.admin", "CONFIG_UNAVAILABLE"));
    }

    private Line refusal(String name, String code) {
        return new Line("without " + name + " an update is refused", () -> refused(name, code));
    }

    private String refused(String name, String code) throws IOException, Broken {
        Maker maker = stage.maker();
        String serial = SERIAL + "-" + name.substring(name.lastIndexOf('.') + 1);
        Gateway gateway = maker.unit(serial, "--without", name);
        gateway.start();
        try {
            Path pack = maker.pack(serial, "--configure", "io.sekimori.update.engine:probation.seconds=3");
            Footprint before = Footprint.of(gateway.unit());
            Outcome outcome = Outcome.of(maker.tool().run("update", "apply", pack, "--unit", gateway.unit(), "--json"))
                    .mustFailFor(code);
            before.mustEqual(Footprint.of(gateway.unit()));
            return outcome.code() + "; store and generation unchanged";
        } finally {
            gateway.kill();
        }
    }
}
