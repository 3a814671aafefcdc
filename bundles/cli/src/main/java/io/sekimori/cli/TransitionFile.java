package io.sekimori.cli;

import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A transition as the disk has it: the journal of the open one, or the report of a finished one.
 *
 * @param id of the transition
 * @param phase of an open one; empty once it has ended
 * @param outcome of a finished one; empty while it is open
 * @param ended when, as text; empty while it is open
 * @param reason code and detail of why it was not confirmed
 */
record TransitionFile(
        String id,
        long from,
        long to,
        Optional<String> phase,
        Optional<String> outcome,
        Optional<String> ended,
        Optional<Finding> reason,
        Map<String, Object> document) {

    private static final int MAX_BYTES = 1 << 20;

    /** The open one. */
    static Optional<TransitionFile> open(Unit unit) throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.transitionFile(), MAX_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(of(JsonObject.parse(bytes.get(), MAX_BYTES)));
    }

    /** The newest finished one. */
    static Optional<TransitionFile> last(Unit unit) throws IOException {
        return finished(unit).stream().findFirst();
    }

    /** The finished ones, newest first. */
    static List<TransitionFile> finished(Unit unit) throws IOException {
        if (!Files.isDirectory(unit.transitions())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(unit.transitions())) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-z-]+\\.json"))
                    .map(TransitionFile::read)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(
                                    (TransitionFile file) -> file.ended().orElse(""))
                            .reversed())
                    .toList();
        }
    }

    /** All of it as the gateway tells it: code and detail of the reason beside the other members. */
    Map<String, Object> flattened() {
        Map<String, Object> members = new TreeMap<>(document);
        members.remove("reason");
        reason.ifPresent(why -> {
            members.put("code", why.code());
            members.put("detail", why.detail());
        });
        return members;
    }

    /** When it ended, to the second, for people; a question mark while it is open. */
    String endedSecond() {
        return ended.map(text -> text.replaceFirst("\\.[0-9]+Z$", "Z")).orElse("?");
    }

    /** What is to be said of it, if it did not end well. */
    Optional<Finding> finding() {
        return reason.filter(why -> outcome.isPresent());
    }

    private static Optional<TransitionFile> read(Path file) {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(of(JsonObject.parse(bytes.get(), MAX_BYTES).object("report")));
        } catch (IOException | MalformedJson e) {
            // One damaged report does not hide the others.
            return Optional.empty();
        }
    }

    private static TransitionFile of(JsonObject json) throws MalformedJson {
        Optional<JsonObject> reason = json.optionalObject("reason");
        Optional<String> outcome = json.optionalString("outcome");
        return new TransitionFile(
                json.string("id"),
                json.number("from"),
                json.number("to"),
                json.optionalString("phase"),
                outcome,
                json.optionalString("ended"),
                reason.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Finding.note(
                                reason.get().string("code"), reason.get().string("detail"))),
                json.asMap());
    }
}
