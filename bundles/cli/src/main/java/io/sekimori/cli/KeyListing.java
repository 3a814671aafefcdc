package io.sekimori.cli;

import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every name in a directory of keys: the keys, the public halves of other people's, and what cannot be read, so that nothing that
 * lies there goes unseen because of something else that does. Confined to one thread.
 */
final class KeyListing {

    private final Shell shell;
    private final KeyDirectory directory;
    private final List<Map<String, Object>> keys = new ArrayList<>();
    private final List<Map<String, Object>> others = new ArrayList<>();
    private final Map<String, Reason> unreadable = new TreeMap<>();

    KeyListing(Shell shell, KeyDirectory directory) {
        this.shell = shell;
        this.directory = directory;
    }

    /** What is known of one key. */
    static Map<String, Object> facts(Shell shell, KeyDirectory directory, String name) throws IOException, Failure {
        TufKey open = directory.publicKey(shell, name);
        Map<String, Object> facts = new TreeMap<>();
        facts.put("name", name);
        facts.put("keyId", open.keyId());
        facts.put("scheme", open.scheme());
        facts.put("public", open.publicValue());
        facts.put("encrypted", directory.encrypted(shell, name));
        facts.put("token", directory.inToken(shell, name));
        return facts;
    }

    /** Reads all of them; says what was begun in a token and not ended. */
    KeyListing read() throws IOException {
        for (String name : TokenNote.names(directory.path(shell))) {
            try {
                directory
                        .cut(shell, name)
                        .ifPresent(begun ->
                                shell.note(shell.messages().text("keys.making.cut", begun.name(), begun.slot())));
            } catch (Failure e) {
                unreadable.put(name, Reason.of(e, shell.messages()));
            }
        }
        TreeSet<String> own = new TreeSet<>(directory.names(shell));
        TreeSet<String> all = new TreeSet<>(directory.publicNames(shell));
        all.addAll(own);
        for (String name : all) {
            try {
                Map<String, Object> facts = facts(shell, directory, name);
                (own.contains(name) ? keys : others).add(facts);
                demandSame(name, facts);
            } catch (IOException | Failure e) {
                unreadable.put(name, Reason.of(e, shell.messages()));
            }
        }
        return this;
    }

    // Nothing here needs the public half beside a key, but whoever hands it on would hand on the wrong one.
    private void demandSame(String name, Map<String, Object> facts) throws IOException, Failure {
        Path beside = directory.publicFile(shell, name);
        if (Files.exists(beside) && !directory.publicHalf(shell, name).keyId().equals(facts.get("keyId"))) {
            throw new Failure(ExitCode.REFUSED, "KEY_PUBLIC_OTHER", beside, name);
        }
    }

    /** Says it on the terminal, or as data. */
    int answer(JsonOption json) {
        if (json.wanted()) {
            List<Map<String, Object>> troubles = new ArrayList<>();
            unreadable.forEach((name, reason) -> {
                Map<String, Object> document = reason.document();
                document.put("name", name);
                troubles.add(document);
            });
            shell.json(Map.of("keys", keys, "others", others, "unreadable", troubles));
        } else {
            keys.forEach(key -> shell.say(line(key)));
            others.forEach(key ->
                    shell.say(shell.messages().text("keys.public", line(key).strip())));
            unreadable.forEach((name, reason) -> {
                shell.tell("keys.unreadable", String.format("%-16s", name), reason.code());
                reason.note(shell);
            });
            if (keys.isEmpty() && others.isEmpty() && unreadable.isEmpty()) {
                shell.tell("keys.none", directory.path(shell));
            }
        }
        return (unreadable.isEmpty() ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    /** One key on a terminal. */
    static String line(Map<String, Object> facts) {
        return String.format("%-16s %s", facts.get("name"), facts.get("keyId"));
    }
}
