package io.trialstream.contracts;

/**
 * For a reader of topics that carry only some kinds of message: it overrides those. Any other kind is a fault of ours
 * and refused, never ignored.
 *
 * @param <R> what comes of a message
 */
public abstract class RefusingVisitor<R> implements Message.Visitor<R> {

    @Override
    public R visit(StudyRecord study) {
        return refuse(study);
    }

    @Override
    public R visit(LedgerRecord trial) {
        return refuse(trial);
    }

    @Override
    public R visit(Proposal proposal) {
        return refuse(proposal);
    }

    @Override
    public R visit(TrialCommand command) {
        return refuse(command);
    }

    @Override
    public R visit(TrialReport report) {
        return refuse(report);
    }

    @Override
    public R visit(EpochReport epoch) {
        return refuse(epoch);
    }

    @Override
    public R visit(Outcome outcome) {
        return refuse(outcome);
    }

    @Override
    public R visit(TrainerEvent event) {
        return refuse(event);
    }

    @Override
    public R visit(DeadLetter letter) {
        return refuse(letter);
    }

    private R refuse(Message message) {
        throw new IllegalStateException(
                "this reader's topics do not carry " + message.getClass().getSimpleName());
    }
}
