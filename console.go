package scenewire

import (
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// newConsoleLogger is a short, readable log at info on standard error.
func newConsoleLogger() *zap.Logger {
	config := zapcore.EncoderConfig{
		TimeKey:          "t",
		LevelKey:         "l",
		NameKey:          "n",
		MessageKey:       "m",
		EncodeTime:       zapcore.TimeEncoderOfLayout("15:04:05"),
		EncodeLevel:      zapcore.CapitalLevelEncoder,
		EncodeDuration:   zapcore.StringDurationEncoder,
		ConsoleSeparator: "  ",
	}
	return zap.New(zapcore.NewCore(zapcore.NewConsoleEncoder(config), zapcore.Lock(os.Stderr), zapcore.InfoLevel))
}
