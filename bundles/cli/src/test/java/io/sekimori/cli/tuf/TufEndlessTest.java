package io.sekimori.cli.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Data without an end where something is delegated, and targets larger than memory. */
class TufEndlessTest extends TufLab {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final int MOST_ROLES = 32;
    private static final int HEAP_MEBIBYTES = 32;
    private static final int TARGET_MEBIBYTES = 8 * HEAP_MEBIBYTES;

    @Test
    void anEndlessDelegatedRoleIsRefusedBeforeItIsRead() throws Exception {
        delegated();
        AtomicLong sent = pad("/m/1.team.json");

        assertRefused(download("team/file"), "METADATA_TOO_LONG");

        assertThat(sent.get()).isLessThan(PADDING);
        assertThat(metadata.resolve("delegated.team.json")).doesNotExist();
        repository.publishNext();
        assertAccepted(download("team/file"));
    }

    @Test
    void aDelegatedRoleLongerThanListedIsReadNoFurther() throws Exception {
        delegated();
        byte[] role = RepositoryServer.file(repository.roles.get("team"), repository.signers.get("team"));
        Map<String, Object> listed = new HashMap<>(RepositoryServer.object(repository.roles.get("snapshot"), "meta"));
        listed.put("team.json", Map.of("version", 1, "length", role.length));
        repository.raise("snapshot");
        repository.raise("timestamp");
        repository.roles.get("snapshot").put("meta", listed);
        repository.serve(
                repository.name("snapshot"),
                RepositoryServer.file(repository.roles.get("snapshot"), repository.signers.get("snapshot")));
        repository.timestamp();
        RepositoryServer.Answer whole = repository.answers.get("/m/1.team.json");
        AtomicLong sent = pad("/m/1.team.json");

        assertRefused(download("team/file"), "DELEGATED_LENGTH");

        assertThat(sent.get()).isLessThan(PADDING);
        repository.answers.put("/m/1.team.json", whole);
        assertAccepted(download("team/file"));
    }

    @Test
    void aChainOfDelegationsIsFollowedSoFarAndNoFurther() throws Exception {
        chain(MOST_ROLES + 1);

        assertRefused(download("role-33"), "DELEGATIONS_TOO_MANY");
        assertAccepted(download("role-32"));

        assertThat(repository.asked).contains("/m/1.role-32.json").doesNotContain("/m/1.role-33.json");
    }

    /** In a process whose whole memory is an eighth of it, so that no clock and no collector has a say in the outcome. */
    @Test
    void aTargetLargerThanMemoryIsWrittenAsItArrives() throws Exception {
        largeTarget();

        assertThat(inLittleMemory()).as(Files.readString(log())).isZero();

        assertThat(downloads.resolve("large")).hasSize((long) TARGET_MEBIBYTES << 20);
    }

    private void delegated() throws IOException {
        repository.delegate("targets", "team", false, "team/*");
        repository.target("team", "team/file", CONTENT);
        repository.publishNext();
    }

    /** Each role hands all on to the next, and lists one target, which is called like it. */
    private void chain(int roles) throws IOException {
        String from = "targets";
        for (int i = 1; i <= roles; i++) {
            repository.delegate(from, "role-" + i, false, "*");
            repository.target("role-" + i, "role-" + i, CONTENT);
            from = "role-" + i;
        }
        repository.publishNext();
    }

    private void largeTarget() throws IOException {
        byte[] mebibyte = new byte[1 << 20];
        MessageDigest digest = Sha256.digest();
        for (int i = 0; i < TARGET_MEBIBYTES; i++) {
            digest.update(mebibyte);
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        RepositoryServer.object(repository.roles.get("targets"), "targets")
                .put("large", Map.of("length", (long) TARGET_MEBIBYTES << 20, "hashes", Map.of("sha256", sha256)));
        repository.answers.put("/t/" + sha256 + ".large", exchange -> {
            exchange.sendResponseHeaders(200, (long) TARGET_MEBIBYTES << 20);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < TARGET_MEBIBYTES; i++) {
                    out.write(mebibyte);
                }
            }
        });
        repository.publishNext();
    }

    private int inLittleMemory() throws Exception {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEBIBYTES + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sekimori.cli.Main",
                        "tuf",
                        "--metadata-url",
                        repository.metadata(),
                        "--metadata-dir",
                        metadata.toString(),
                        "--target-name",
                        "large",
                        "--target-dir",
                        downloads.toString(),
                        "--target-base-url",
                        repository.targets(),
                        "download")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            assertThat(client.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return client.exitValue();
        } finally {
            client.destroyForcibly();
        }
    }

    private Path log() {
        return directory.resolve("client.log");
    }
}
