package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of releases come from. */
public interface TargetSource {

    /** Whether it holds a file under the release's hash; says nothing of its content. */
    boolean has(Release release);

    /**
     * Opens the release's file. The stream never gives more than the signed length; it throws {@link TrustException}
     * where the file turns out longer or shorter than signed or, at its end, of another hash, so that a reader who
     * reaches the end has read exactly what was vouched for.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    InputStream open(Release release) throws IOException;
}
