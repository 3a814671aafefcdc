package io.sekimori.people.file;

import static io.sekimori.access.kit.PeopleStoreRules.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not whole lets nobody in, is never taken for an empty one, and is never written over. */
class DamageTest {

    @TempDir
    Path unit;

    @Test
    void aTruncatedFileIsRefusedAtEveryLength() throws Exception {
        byte[] whole = whole(); // ends with a line end, without which it is still whole

        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));

            refused();
        }

        Files.write(file(), whole);
        assertThat(kept().people().get("alice")).isNotNull();
    }

    @Test
    void garbageIsRefused() throws Exception {
        whole();
        for (String text : new String[] {
            "\0".repeat(4096),
            "{}",
            "{\"format\":2,\"people\":[],\"sessions\":[],\"failures\":[]}",
            "{\"format\":1,\"people\":[{\"name\":\"../x\"}],\"sessions\":[],\"failures\":[]}",
            "{\"format\":1,\"people\":[],\"sessions\":[],\"failures\":[{\"key\":\"a\",\"count\":-1,\"last\":0,\"closedUntil\":0}]}",
            "{\"format\":1,\"people\":[],\"sessions\":[],\"failures\":[{\"key\":\"a\",\"count\":99999999999,\"last\":0,\"closedUntil\":0}]}",
            " ".repeat(ContentsJson.MAX_BYTES + 1)
        }) {
            Files.writeString(file(), text);

            refused();
        }
    }

    @Test
    void aFileThatOthersMayReadOrWriteIsRefused() throws Exception {
        whole();
        for (String permissions : new String[] {"rw-r-----", "rw-rw----", "rw----rw-", "rw-r--r--"}) {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));

            refused();
        }
    }

    @Test
    void aLinkIsRefused() throws Exception {
        byte[] whole = whole();
        Path other = Files.write(unit.resolve("other"), whole);
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        Files.delete(file());
        Files.createSymbolicLink(file(), other);

        refused();
    }

    @Test
    void theFileIsForItsOwnerAlone() throws Exception {
        whole();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    /** A cut before the rename leaves a file without its name: the one of before counts, and the rest is cleared away. */
    @Test
    void whatAPowerCutLeftUnfinishedIsNotTakenForPeople() throws Exception {
        whole();
        Path unfinished = file().resolveSibling(".unfinished-1234");
        Files.write(unfinished, "{\"format\":1,\"people\":[".getBytes(StandardCharsets.UTF_8));

        assertThat(kept().people().get("alice")).isNotNull();
        store().change(table -> {
            table.put(person("bob", 1));
            return true;
        });

        assertThat(unfinished).doesNotExist();
        assertThat(kept().people()).hasSize(2);
    }

    private void refused() throws IOException {
        FilePeople store = store();
        byte[] before = Files.readAllBytes(file());

        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> store.look(table -> table.person("alice")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.PEOPLE_UNREADABLE));
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> store.change(table -> {
                    table.put(person("mallory", 1));
                    return true;
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.PEOPLE_UNREADABLE));
        assertThat(store.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    private byte[] whole() throws Exception {
        store().change(table -> {
            table.put(person("alice", 1));
            return true;
        });
        assertThat(store().execute().getStatus()).isEqualTo(Result.Status.OK);
        return Files.readAllBytes(file());
    }

    private FilePeople store() {
        return new FilePeople(unit.resolve("data"));
    }

    private Contents kept() throws AccessException {
        return new PeopleFile(unit.resolve("data")).read();
    }

    private Path file() {
        return unit.resolve("data").resolve("people.json");
    }
}
