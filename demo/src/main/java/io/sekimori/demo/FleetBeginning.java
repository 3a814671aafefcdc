package io.sekimori.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A console with keys of its own, its first person, and what its publisher signed. */
record FleetBeginning(FleetStage stage) {

    private static final String PASSWORD = "the keeper of the gate";

    List<Line> lines() {
        return List.of(
                new Line("a console is made: publisher, director, authority, broker, first person", this::make),
                new Line("console and broker start as processes of their own", this::start),
                new Line("a wrong password and a stranger's certificate are refused", this::refuse),
                new Line(
                        "the one-time password opens nothing but its own change; then a person is signed in",
                        this::signIn),
                new Line("what the publisher signed offline is brought to the console", this::bring));
    }

    private String make() throws IOException, Broken {
        long began = System.nanoTime();
        stage.console().make(stage.tool());
        return Stage.millis(Stage.since(began)) + ", nothing in it has a default key or password";
    }

    private String start() throws IOException, Broken {
        Duration took = stage.console().start();
        return Stage.millis(took) + "; console "
                + stage.console().residentMegabytes("io.sekimori.launcher.main.Main") + " MiB, broker "
                + stage.console().residentMegabytes("io.sekimori.broker.Main") + " MiB resident";
    }

    private String refuse() throws Broken {
        Tool.Answer wrong = stage.login("not the password", stage.console().fingerprint());
        Tool.Answer stranger = stage.login(stage.console().password(), "0".repeat(64));
        if (wrong.exit() != 1 || !wrong.err().startsWith("CREDENTIALS_WRONG")) {
            throw new Broken("a wrong password was answered with " + wrong.line());
        }
        if (stranger.exit() != 1 || !stranger.err().startsWith("CONSOLE_UNTRUSTED")) {
            throw new Broken("another certificate was answered with " + stranger.line());
        }
        return "CREDENTIALS_WRONG, CONSOLE_UNTRUSTED; nothing was sent to the stranger";
    }

    private String signIn() throws Broken {
        Tool.Answer answer = stage.login(
                stage.console().password() + "\n" + PASSWORD, stage.console().fingerprint());
        if (answer.exit() != 0) {
            throw new Broken(answer.line());
        }
        Tool.Answer again =
                stage.login(stage.console().password(), stage.console().fingerprint());
        if (again.exit() == 0) {
            throw new Broken("the one-time password opened twice");
        }
        stage.console().chosen(PASSWORD);
        return "signed in as admin; the one-time password is spent";
    }

    private String bring() throws Broken {
        long began = System.nanoTime();
        int files = stage.releaseProduct();
        return files + " files verified and kept in " + Stage.millis(Stage.since(began));
    }
}
