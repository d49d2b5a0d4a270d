// Stands for the bundled worker where nothing is bundled.
export default "";
