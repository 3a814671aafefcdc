package io.sekimori.records.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.PeopleStore;
import io.sekimori.lasting.Lasting;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** People in the console's records. Keeps nothing itself, so two versions may run beside each other. Thread-safe. */
@Component(service = PeopleStore.class)
public final class RecordsPeople implements PeopleStore {

    private static final Schema SCHEMA = Schema.beside("people", RecordsPeople.class, "V1__people.sql");

    // Dynamic, so that a swap of the records does not restart this.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    private volatile @Nullable Records recordsAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public RecordsPeople() {
        // The records are bound to the field.
    }

    /** For programs beside the console. */
    public RecordsPeople(Records records) {
        this.records = records;
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        recordsAtEnd = records;
    }

    @Override
    public <T> T change(Deed<T> deed) throws AccessException {
        return transact(deed, true);
    }

    @Override
    public <T> T look(Deed<T> deed) throws AccessException {
        return transact(deed, false);
    }

    private <T> T transact(Deed<T> deed, boolean writing) throws AccessException {
        Records current = Lasting.of(records, recordsAtEnd); // read once: one call, one database
        if (current == null) {
            throw new AccessException(AccessCode.ACCESS_ABSENT, "no records are installed", null);
        }
        Work<T> work = connection -> {
            try {
                return deed.with(new SqlTable(connection));
            } catch (AccessException e) {
                // What the database said goes up as it was said: whether to run it again is decided there.
                if (e.getCause() instanceof SQLException fault) {
                    throw fault;
                }
                throw new Undone(e);
            }
        };
        try {
            Database database = current.open(SCHEMA);
            return writing ? database.write(work) : database.read(work);
        } catch (Undone e) {
            throw e.reason;
        } catch (RecordsException e) {
            throw new AccessException(AccessCode.ACCESS_STORE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Carries a refusal of the deed through the transaction, which is undone. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient AccessException reason;

        Undone(AccessException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
