package io.sekimori.records.backup;

import io.sekimori.durable.DurableFile;
import io.sekimori.records.RecordsException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole or not at all, for its owner alone. Stateless. */
final class NewFile {

    private NewFile() {}

    /** What writes it. */
    @FunctionalInterface
    interface Filling<T> {
        T into(OutputStream out) throws RecordsException, DataException, IOException;
    }

    /** What looks at it before it appears. */
    @FunctionalInterface
    interface Check {
        void of(Path unfinished) throws DataException, IOException;
    }

    /** @throws DataException {@link DataCode#BACKUP_TARGET_EXISTS}, or what the filling or the check refuses */
    static <T> T write(Path target, Filling<T> filling, Check check)
            throws RecordsException, DataException, IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new DataException(DataCode.BACKUP_TARGET_EXISTS, target + " is there", null);
        }
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".part");
        Files.deleteIfExists(unfinished); // of a try that the power ended
        DurableFile.makeFile(unfinished);
        try {
            T result;
            try (FileOutputStream file = new FileOutputStream(unfinished.toFile())) {
                OutputStream out = new BufferedOutputStream(file);
                result = filling.into(out);
                out.flush();
                file.getFD().sync();
            }
            check.of(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncDirectory(target.toAbsolutePath().getParent());
            return result;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
