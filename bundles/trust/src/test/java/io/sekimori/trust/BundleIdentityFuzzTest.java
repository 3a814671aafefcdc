package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Whatever is handed over as a bundle says who it is in a name and a version that can be released, or is refused. */
class BundleIdentityFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void aJarIsABundleOrIsRefused(byte[] jar) throws IOException {
        check(jar);
    }

    @FuzzTest(maxDuration = "60s")
    void aManifestIsOfABundleOrIsRefused(byte[] manifest) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(jar)) {
            out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            out.write(manifest);
        }
        check(jar.toByteArray());
    }

    private static void check(byte[] jar) throws IOException {
        Path file = Files.createTempFile("fuzz", ".jar");
        try {
            Files.write(file, jar);
            BundleIdentity identity = BundleIdentity.read(file);
            Names.requireSymbolicName(identity.symbolicName());
            Names.requireVersion(identity.version());
        } catch (TrustException e) {
            if (e.refusal().code() != PublishCode.NOT_A_BUNDLE) {
                throw new AssertionError("refused for another reason", e);
            }
        } finally {
            Files.delete(file);
        }
    }
}
