package io.sekimori.config.admin;

import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigException;
import io.sekimori.durable.DurableFile;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * What is done once in each process, by the first version of this bundle that runs in it: ConfigurationAdmin follows
 * the history, which a power cut may have kept it from, and the generation's defaults are applied. Not done again when
 * this bundle is replaced: the process may have moved on to another generation since it was started.
 */
final class Awakening {

    private final Path marker;
    private final Parts parts;
    private final Defaults defaults;
    private final Logger log;
    private final String process;

    Awakening(Path folder, Parts parts, Defaults defaults, Logger log, String process) {
        this.marker = folder.resolve("process");
        this.parts = parts;
        this.defaults = defaults;
        this.log = log;
        this.process = process;
    }

    /** Names this process so that no later one is mistaken for it. */
    static String thisProcess() {
        ProcessHandle.Info facts = ProcessHandle.current().info();
        return ProcessHandle.current().pid() + " "
                + facts.startInstant().map(Object::toString).orElse("unknown");
    }

    /** Never throws: what fails shows in the health of this bundle. */
    void run(RunningGeneration generation) {
        try {
            if (process.equals(lastProcess())) {
                return;
            }
            follow();
            for (ChangeOutcome outcome : defaults.apply(generation.number(), generation.configurations())) {
                if (outcome instanceof ChangeOutcome.Refused refused) {
                    log.error("Default configuration refused: {}", refused);
                }
            }
            DurableFile.makeDirectory(marker.getParent());
            DurableFile.replace(marker, process.getBytes(StandardCharsets.UTF_8));
        } catch (ConfigException | IOException e) {
            log.error("Configurations may not be those of the history", e);
        }
    }

    private void follow() throws ConfigException {
        for (String pid : parts.history().pids()) {
            try {
                parts.exclusively().run(() -> followOne(pid));
            } catch (ConfigException e) {
                log.error("{} may not be as its history says", pid, e);
            }
        }
    }

    private boolean followOne(String pid) throws ConfigException {
        Optional<Version> newest = parts.history().current(pid);
        if (newest.isEmpty()) {
            return false;
        }
        var inAdmin = parts.inForce().inAdmin(pid);
        boolean same = inAdmin.map(values -> !newest.get().facts().removed()
                        && Version.same(values, newest.get().values()))
                .orElse(newest.get().facts().removed());
        if (!same) {
            parts.inForce().apply(newest.get());
        }
        return !same;
    }

    private String lastProcess() throws IOException {
        return Files.exists(marker) ? Files.readString(marker) : "";
    }
}
