package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process that the demo started, remembered across runs by its number and its start time, so that a number that the
 * system has given to somebody else is never touched.
 *
 * @param pid its number
 * @param started when it started, as the system says
 */
record OwnProcess(long pid, Instant started) {

    /** Remembers {@code process} in {@code file}. */
    static OwnProcess remember(ProcessHandle process, Path file) throws IOException, Broken {
        Instant started = process.info()
                .startInstant()
                .orElseThrow(() -> new Broken("the process " + process.pid() + " ended at once"));
        Files.writeString(file, process.pid() + " " + started + "\n");
        return new OwnProcess(process.pid(), started);
    }

    /** What was remembered in {@code file}, if anything. */
    static Optional<OwnProcess> recall(Path file) throws IOException {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return Optional.of(new OwnProcess(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The process, if it still is the one that was started. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().startInstant().filter(started::equals).isPresent());
    }

    /** Asks it and all it started to end, and ends what does not within {@code seconds}. */
    void end(int seconds) {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : family) {
            try {
                process.onExit().get(seconds, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the end of a process does not fail", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** It and its descendants, those that are alive. */
    List<ProcessHandle> family() {
        return alive().map(process ->
                        Stream.concat(process.descendants(), Stream.of(process)).toList())
                .orElse(List.of());
    }
}
