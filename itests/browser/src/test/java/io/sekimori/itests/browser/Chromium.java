package io.sekimori.itests.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Debian's Chromium without a screen, with a profile of its own. Confined to one thread. */
final class Chromium implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--accept-lang=en",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--hide-scrollbars",
            "--force-prefers-reduced-motion",
            "--ignore-certificate-errors",
            "--remote-debugging-port=0");

    private final Process process;
    private final Wire wire;

    Chromium(Path profile) throws IOException {
        Files.createDirectories(profile);
        List<String> command = new ArrayList<>(List.of("chromium"));
        command.addAll(FLAGS);
        if (System.getProperty("user.name").equals("root")) {
            // Chromium's sandbox refuses to run as root, as builds in containers do. It sees our own pages alone.
            command.add("--no-sandbox");
        }
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        ProcessBuilder start = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile());
        start.environment().put("TMPDIR", profile.toString()); // what it leaves goes with its profile
        process = start.start();
        Path said = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(said) || Files.readAllLines(said).size() < 2) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("Chromium does not start: " + Files.readString(profile.resolve("log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        List<String> lines = Files.readAllLines(said);
        wire = new Wire(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
    }

    /** A tab that shares nothing with another one. */
    Tab tab(String origin) {
        Object context = wire.ask("", "Target.createBrowserContext", Map.of()).get("browserContextId");
        Object target = wire.ask(
                        "",
                        "Target.createTarget",
                        Map.of("url", "about:blank", "browserContextId", String.valueOf(context)))
                .get("targetId");
        Object session = wire.ask(
                        "", "Target.attachToTarget", Map.of("targetId", String.valueOf(target), "flatten", true))
                .get("sessionId");
        return new Tab(wire, String.valueOf(session), String.valueOf(context), origin);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
