package io.sekimori.generation;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where things lie on one gateway's disk. Only computes paths: nothing is read, made or checked.
 *
 * @param directory the unit directory, made absolute
 */
public record Unit(Path directory) {

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    /** Makes the path absolute. */
    public Unit {
        directory = directory.toAbsolutePath().normalize();
    }

    /** The anchor of the release repository, a TUF root. Owned by root in production. */
    public Path releaseAnchor() {
        return directory.resolve("trust").resolve("root.json");
    }

    /** The anchor of the director, a TUF root. Owned by root in production. */
    public Path directorAnchor() {
        return directory.resolve("trust").resolve("director.json");
    }

    /** Model and serial number. Owned by root in production. */
    public Path nameplate() {
        return directory.resolve("trust").resolve("unit.json");
    }

    /** The folder of the anchors and the nameplate. */
    public Path trust() {
        return directory.resolve("trust");
    }

    /** The folder of a slot: class path and Java runtime for the launcher of a generation. Owned by root in production. */
    public Path slot(String id) {
        return directory.resolve("slots").resolve(Store.requireDigest(id));
    }

    /** The folder of all slots. */
    public Path slots() {
        return directory.resolve("slots");
    }

    /**
     * What the helper that brings in slots has for itself; there is one where this folder is. Owned by root, as the slots
     * beside it.
     */
    public Path slotHelper() {
        return slots().resolve(".helper");
    }

    /** What the helper has to say of the newest request. */
    public Path slotAnswerFile() {
        return slotHelper().resolve("answer.json");
    }

    /** What the helper has seen signed; see {@link SlotMemory}. */
    public Path slotStandingFile() {
        return slotHelper().resolve("standing.json");
    }

    /** What the helper is asked for, by the runtime's user. */
    public Path slotRequestFile() {
        return run().resolve("slot-request.json");
    }

    /** The content-addressed files. */
    public Store store() {
        return new Store(directory.resolve("store").resolve("sha256"));
    }

    /** The folder of all generations. */
    public Path generations() {
        return directory.resolve("generations");
    }

    /** The folder of one generation. */
    public Path generation(int number) {
        return generations().resolve(Integer.toString(Generation.requireNumber(number)));
    }

    /** The manifest of one generation. */
    public Path generationFile(int number) {
        return generation(number).resolve("generation.json");
    }

    /** The id of the generation's slot, one line, for the start script. */
    public Path generationSlotFile(int number) {
        return generation(number).resolve("slot");
    }

    /** The metadata that vouched for the generation when it was accepted. */
    public Path evidence(int number) {
        return generation(number).resolve("evidence");
    }

    /** The folder of what changes. */
    public Path state() {
        return directory.resolve("state");
    }

    /** The pointer: which generation is confirmed. */
    public Path confirmedFile() {
        return state().resolve("confirmed.json");
    }

    /** Which generation is on trial by a new process; absent if none is. */
    public Path trialFile() {
        return state().resolve("trial.json");
    }

    /** The report of the last starts. */
    public Path startFile() {
        return state().resolve("start.json");
    }

    /** What the last process had to say when it could not stop in an orderly way; absent mostly. */
    public Path lastWordsFile() {
        return state().resolve("last-words.json");
    }

    /** Slots that were started in vain since a launcher last took over, one id on each line; written by the start script. */
    public Path slotsTriedFile() {
        return state().resolve("slots-tried");
    }

    /** How long the confirmed generation has run while it had a fallback; absent when it has none. */
    public Path settledFile() {
        return state().resolve("settled.json");
    }

    /** Journal of the open transition; absent if none is open. */
    public Path transitionFile() {
        return state().resolve("transition.json");
    }

    /** Finished transitions and the logs of failed tries. */
    public Path transitions() {
        return state().resolve("transitions");
    }

    /** The trusted metadata files of the two TUF clients. */
    public Path metadata() {
        return state().resolve("metadata");
    }

    /** The durable data of a bundle. */
    public Path data(String symbolicName) {
        if (!SYMBOLIC_NAME.matcher(symbolicName).matches()) {
            throw new IllegalArgumentException("not a symbolic name");
        }
        return directory.resolve("data").resolve(symbolicName);
    }

    /** ConfigAdmin's folder. */
    public Path configurationData() {
        return data("org.apache.felix.configadmin");
    }

    /** What lives as long as the process. */
    public Path run() {
        return directory.resolve("run");
    }

    /** The socket of the running gateway. */
    public Path controlSocket() {
        return run().resolve("control.sock");
    }

    /** The lock that allows one launcher for a unit. */
    public Path lockFile() {
        return run().resolve("lock");
    }
}
