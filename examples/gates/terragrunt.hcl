terraform {
  extra_arguments "save_plan" {
    commands  = ["plan"]
    arguments = ["-out=tfplan"]
  }

  after_hook "portcullis" {
    commands = ["plan"]
    execute  = ["sh", "-c", "\"$TG_CTX_TF_PATH\" show -json tfplan | portcullis gate -"]
  }
}
