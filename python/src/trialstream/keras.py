"""A Keras callback; needs Keras, which is imported only here."""

from typing import Any, Dict, Optional

from keras.callbacks import Callback

from .trial import Stopped, Trial


class ReportCallback(Callback):
    """Reports each epoch's logs and ends the training when the trial ends. Raises what ``report`` raises at the end."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self._trial = trial
        self._stopped: Optional[Stopped] = None

    def on_epoch_end(self, epoch: int, logs: Optional[Dict[str, Any]] = None) -> None:
        try:
            self._trial.report(epoch + 1, logs or {})
        except Stopped as reason:
            self._stopped = reason
            self.model.stop_training = True

    def on_train_end(self, logs: Optional[Dict[str, Any]] = None) -> None:
        if self._stopped:
            raise self._stopped
