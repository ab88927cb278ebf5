package io.trialstream.trainer.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Native objects that outlive the {@link org.bytedeco.javacpp.PointerScope} in which they were made. Within a scope
 * everything is freed at its end, which is what a batch needs; what is kept here is freed by {@link #close}. Used by one
 * thread at a time.
 */
final class Retained implements AutoCloseable {

    private final List<Pointer> pointers = new ArrayList<>();

    <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        pointers.add(pointer);
        return pointer;
    }

    /** Frees everything kept. Idempotent. */
    @Override
    public void close() {
        pointers.forEach(Pointer::releaseReference);
        pointers.clear();
    }
}
