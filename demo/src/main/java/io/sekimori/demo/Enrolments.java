package io.sekimori.demo;

import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gateways become known to the console, and nobody else does. */
record Enrolments(FleetStage stage) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    List<Line> lines() {
        return List.of(
                new Line("three gateways leave the factory and start", this::make),
                new Line("an activation with a wrong pin is refused before anything is sent", this::wrongPin),
                new Line("each gateway enrols itself from its activation", this::enrol),
                new Line("a code that was used is refused to another device", this::usedCode),
                new Line("the console knows what each of them runs, from reports that they signed", this::known));
    }

    private String make() throws IOException, Broken {
        long longest = 0;
        for (String serial : FleetStage.SERIALS) {
            Gateway gateway = stage.make(serial);
            longest = Math.max(longest, gateway.start().toMillis());
        }
        return "the slowest was ready after " + longest + " ms";
    }

    private String wrongPin() throws IOException, Broken {
        Path activation = stage.register("gw-1");
        String text = Files.readString(activation);
        String pin = text.replaceAll("(?s).*\"consoleKey\" *: *\"([0-9a-f]{64})\".*", "$1");
        Path wrong = activation.resolveSibling("wrong-pin.json");
        Files.write(wrong, text.replace(pin, "ab".repeat(32)).getBytes(StandardCharsets.UTF_8));
        return refused(
                stage.tool()
                        .run(
                                "identity",
                                "enrol",
                                wrong,
                                "--unit",
                                stage.gateway("gw-1").unit()),
                "WRONG_PIN");
    }

    private String enrol() throws IOException, Broken {
        List<String> took = new ArrayList<>();
        for (String serial : FleetStage.SERIALS) {
            Path activation = serial.equals("gw-1")
                    ? stage.place().state().resolve("gw-1.activation.json")
                    : stage.register(serial);
            long began = System.nanoTime();
            stage.tool()
                    .must(
                            "identity",
                            "enrol",
                            activation,
                            "--unit",
                            stage.gateway(serial).unit());
            took.add(Stage.millis(Stage.since(began)));
        }
        return "in " + String.join(", ", took) + ", each with a key that never left it";
    }

    private String usedCode() throws Broken {
        Path used = stage.place().state().resolve("gw-1.activation.json");
        return refused(
                stage.tool()
                        .run(
                                "identity",
                                "enrol",
                                used,
                                "--unit",
                                stage.gateway("gw-2").unit()),
                "CODE_USED");
    }

    private String known() throws IOException, Broken {
        for (String serial : FleetStage.SERIALS) {
            Waiting.until(serial + " is connected and has proved what it runs", PATIENCE, () -> {
                try {
                    return stage.known(serial).bool("connected")
                            && !stage.proved(serial, "io.sekimori.delivery").isEmpty();
                } catch (MalformedJson e) {
                    throw new Broken("the console's answer cannot be read", e);
                }
            });
        }
        return FleetStage.SERIALS.size() + " gateways connected by MQTT over TLS 1.3";
    }

    private static String refused(Tool.Answer answer, String code) throws Broken {
        if (answer.exit() != 1 || !answer.err().startsWith(code)) {
            throw new Broken("expected " + code + ", but: " + answer.line());
        }
        return answer.line().replaceAll(" *->.*", "");
    }
}
